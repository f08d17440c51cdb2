using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Fits;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

/// <summary>Territories, industries, competencies and languages of partners in routing and teaming.</summary>
public sealed class FitTests
{
    [Theory]
    [InlineData("Germany", "DE", null, false)]
    [InlineData("DACH", "CH", null, false)]
    [InlineData("Benelux, Nordics", "NO", null, false)]
    [InlineData("EMEA", "AE", null, false)]
    [InlineData("Latin America", "BR", null, false)]
    [InlineData("Worldwide", "NZ", null, false)]
    [InlineData("Munich", "DE", "Munich", false)]
    [InlineData("Munich", "DE", "Hamburg", true)]
    [InlineData("Germany", "FR", null, true)]
    [InlineData("", "FR", null, false)]
    [InlineData("", "US", null, true)]
    [InlineData("Germany", null, null, false)]
    public void What_a_partner_has_declared_is_its_territory_and_else_the_region_of_its_country(string declared, string? country, string? town, bool outside) =>
        Territories.IsOutside([.. declared.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(d => Text.Fold(d))], "EMEA", country, town).ShouldBe(outside);

    [Fact]
    public void A_partners_words_are_found_in_what_is_needed_as_whole_words()
    {
        var wanted = Wanted.Of("DE", "Kiel", "medical", ["Relay", "Data"], "They replace SAP, and want a data platform for their clinics.");
        Declared[] words = [Word(TraitKind.Competency, "Data platform"), Word(TraitKind.Competency, "Form"), Word(TraitKind.Technology, "SAP"), Word(TraitKind.Vertical, "Healthcare"), Word(TraitKind.Language, "Deutsch"), Word(TraitKind.Territory, "DACH")];
        var fit = Fit.Of(wanted, words);
        (fit.Territory, fit.Industry, fit.Language).ShouldBe(("DACH", "Healthcare", "Deutsch"));
        fit.Expertise.ShouldBe(["Data platform", "SAP"]);
        fit.Reasons().Sum(r => r.Points).ShouldBe(73);
        var other = Fit.Of(Wanted.Of("JP", null, null, [null]), words);
        (other.Territory, other.Industry, other.Language, other.Expertise.Count, other.NamesTerritories).ShouldBe((null, null, null, 0, true));
        Fit.Of(Wanted.Nothing, []).Reasons().ShouldBeEmpty();
    }

    [Fact]
    public void Every_country_of_the_tables_exists()
    {
        foreach (var country in Countries.All) Territories.WordsOf(country.Code, null).ShouldContain(Text.Fold(country.Name));
        SpokenLanguages.WordsOf("ch").ShouldContain("german");
        SpokenLanguages.WordsOf("XX").ShouldBeEmpty();
        Industries.WordsOf("finance").ShouldBe(["finance", "banking", "financial services"]);
        Industries.WordsOf(null).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Routing_prefers_partners_whose_own_words_fit_and_says_why(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (plain, expert, far) = (await world.PartnerAsync("Plain Nord"), await world.PartnerAsync("Expert Nord"), await world.PartnerAsync("Far South"));
        await DeclareAsync(world, expert, "DACH", "Data platform", "Healthcare", "German");
        await DeclareAsync(world, far, "Iberia", "Training", "Retail", "Spanish");
        await world.ImportAsync("accounts", "account,website,country,sector\nFrische Klinik,frische.example,DE,Healthcare\n");
        var interest = new Interest { CustomerName = "Frische Klinik", CustomerDomain = "frische.example", Country = "DE", Product = world.Relay, Need = "A data platform for three clinics." };
        var found = await world.Manager.DoAsync<Work, IReadOnlyList<Candidate>>(async w => await Candidates.FindAsync(w, await PassingCases.CustomerAsync(w, interest, null, default), default));
        found.Select(c => c.Name).ShouldBe(["Expert Nord", "Plain Nord", "Far South"]);
        foreach (var why in new[] { "It works in this territory: DACH.", "It knows what is needed: Data platform.", "It knows the customer’s industry: Healthcare.", "It speaks the customer’s language: German." }) found[0].Why.ShouldContain(why);
        (found[2].Outcome, found[2].RuleId).ShouldBe((Outcome.Review, "outside"), "what it has declared counts, though it sits in the customer's country");
        found[2].Why.ShouldNotContain("It sits in the customer’s country.");

        foreach (var (partner, facts) in new[] { (expert, "true true true true"), (far, "false false false false"), (plain, "false false false false") })
        {
            var set = await world.Manager.DoAsync<Work, FactSet>(async w => PassingCases.Facts(LeadDirection.ToPartner, await PassingCases.CustomerAsync(w, interest, null, default), (await PassingCases.PartnersAsync(w, [partner.Actor.Partner!.Value], default))[0]));
            string.Join(' ', new[] { PassingVocabulary.TerritoryMatch, PassingVocabulary.CompetencyMatch, PassingVocabulary.IndustryMatch, PassingVocabulary.LanguageMatch }.Select(f => set[f].IsTrue ? "true" : "false")).ShouldBe(facts);
        }

        // A table may ask for them.
        var text = RuleFile.Write(DefaultPassing.Text with { Columns = [.. DefaultPassing.Text.Columns, PassingVocabulary.IndustryMatch.Name], Tests = [] });
        using var api = await world.Manager.ApiAsync();
        (await api.PutAsJsonAsync("/api/v1/passing-rules/draft", new { text, note = "Industries count." })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task A_registration_lies_outside_of_what_the_partner_has_declared(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (silent, declared) = (await world.PartnerAsync(), await world.PartnerAsync());
        await DeclareAsync(world, declared, "DACH", "Training", "Retail", "German");
        foreach (var (partner, country, outside) in new[] { (silent, "FR", false), (silent, "US", true), (declared, "FR", true), (declared, "AT", false) })
        {
            var deal = await world.RegisterAsync(partner, world.Fields($"Gebiet {partner.Actor.Partner} {country}") with { Country = country });
            (await DealWorld.DecisionAsync(world.Manager, deal.Id)).Facts!["outside_territory"].ShouldBe(FactValue.Of(outside), country);
        }
    }

    [SkippableTheory, Databases]
    public async Task Who_invites_to_a_team_reads_which_partners_fit_and_why(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (holder, expert, far) = (await world.PartnerAsync("Holder Ltd"), await world.PartnerAsync("Expert Team", motions: [Motion.Deliver]), await world.PartnerAsync("Far Team"));
        foreach (var partner in new[] { holder, expert }) await DeclareAsync(world, partner, "Germany", "Data platform", "Healthcare", "German");
        await DeclareAsync(world, far, "Iberia", "Training", "Retail", "Spanish");
        var deal = await world.RegisterAsync(holder, world.Fields("Team Klinik") with { NextStep = "Find somebody for the data platform." });
        using var api = await world.Manager.ApiAsync();
        var match = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/deals/{deal.Id}/team/matches")).EnumerateArray().ShouldHaveSingleItem();
        (match.GetProperty("partnerName").GetString(), match.GetProperty("role").GetString()).ShouldBe(("Expert Team", "deliver"));
        match.GetProperty("why").EnumerateArray().Select(w => w.GetString()).ShouldContain("It knows what is needed: Data platform.");
        using var portal = await holder.ApiAsync();
        (await portal.GetFromJsonAsync<JsonElement>($"/api/v1/deals/{deal.Id}/team/matches")).GetArrayLength().ShouldBe(0, "a partner does not see other partners");

        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync($"/app/deals/{deal.Id}");
        (page.Text.Contains("Which partners fit?", StringComparison.Ordinal), page.Text.Contains("Expert Team", StringComparison.Ordinal) && page.Text.Contains("It knows what is needed", StringComparison.Ordinal)).ShouldBe((true, false));
        page = await pages.GetAsync($"/app/deals/{deal.Id}?fits=yes");
        page.Text.ShouldContain("It knows what is needed: Data platform.");
        page.Document.QuerySelector($"a[href='/app/deals/{deal.Id}?invite={expert.Actor.Partner}&role=deliver#team']").ShouldNotBeNull();

        // Who is asked already is suggested no more.
        (await world.Manager.DoAsync<InviteMember, Result<DealId>>(i => i.RunAsync(new InviteInput(deal.Id, expert.Actor.Partner, null, DealRole.Deliver, 1000), default))).Problem.ShouldBeNull();
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/deals/{deal.Id}/team/matches")).GetArrayLength().ShouldBe(0);
        using var guest = await far.ApiAsync();
        (await guest.GetAsync($"/api/v1/deals/{deal.Id}/team/matches")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Declared Word(TraitKind kind, string label) => new(kind, Text.Fold(label), label);

    private static async Task DeclareAsync(DealWorld world, TestPerson partner, string territories, string competencies, string verticals, string languages)
    {
        using var api = await world.Tenant.Administrator.ApiAsync();
        var id = partner.Actor.Partner;
        (await api.PatchAsync($"/api/v1/partners/{id}/expertise", JsonContent.Create(new { territories }))).EnsureSuccessStatusCode();
        var answer = await api.PatchAsync($"/api/v1/partners/{id}", JsonContent.Create(new { competencies, verticals, languages }));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
