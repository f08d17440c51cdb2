using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Accounts.Published;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Relations;
using Trellis.Deals.Relations.Plays;
using Trellis.Deals.Relations.Strength;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class StrengthTests
{
    [Fact]
    public void The_score_is_the_sum_of_bounded_parts()
    {
        Strengths.Of(new StrengthFacts()).Points.ShouldBe(0);
        Points(new StrengthFacts { Wins = [0] }).ShouldBe([10, 0, 0, 0, 0, 0]);
        Points(new StrengthFacts { Wins = [730, 730] }).ShouldBe([10, 0, 0, 0, 0, 0], "a win counts half after two years");
        Points(new StrengthFacts { Open = 1, People = 2, Touches = [0, 0, 365], Tie = "advises", Holds = true }).ShouldBe([0, 8, 8, 3, 8, 10]);
        var all = Strengths.Of(new StrengthFacts { Wins = [.. Enumerable.Repeat(0, 50)], Open = 40, People = 70, Touches = [.. Enumerable.Repeat(0, 90)], Tie = "knows", Holds = true });
        all.Points.ShouldBe(100);
        all.Parts.ShouldAllBe(p => p.Points == p.Most);
        all.Parts.Sum(p => p.Most).ShouldBe(100);
        Strengths.Of(new StrengthFacts { Touches = [400, 1000], Tie = "unheard_of" }).Points.ShouldBe(0);
    }

    [Fact]
    public void More_of_anything_never_makes_a_relation_weaker()
    {
        var chance = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var facts = new StrengthFacts { Wins = [.. Enumerable.Range(0, chance.Next(5)).Select(_ => chance.Next(2000))], Open = chance.Next(4), People = chance.Next(8), Touches = [.. Enumerable.Range(0, chance.Next(20)).Select(_ => chance.Next(500))] };
            var points = Strengths.Of(facts).Points;
            points.ShouldBeInRange(0, 100);
            foreach (var more in new[] { facts with { Wins = [.. facts.Wins, 100] }, facts with { Open = facts.Open + 1 }, facts with { People = facts.People + 1 }, facts with { Touches = [.. facts.Touches, 10] }, facts with { Tie = "knows" }, facts with { Holds = true } })
                Strengths.Of(more).Points.ShouldBeGreaterThanOrEqualTo(points);
        }
    }

    [Fact]
    public void Suggestions_follow_stated_rules_with_their_reasons()
    {
        PartnerId NewPartner() => Ids.New<PartnerId>(DateTime.UtcNow);
        var (strong, weak, busy, member, delivers) = (NewPartner(), NewPartner(), NewPartner(), NewPartner(), NewPartner());
        var team = new PlayTeam(Ids.New<FormationId>(DateTime.UtcNow), "Data duo", [NewPartner()], ["Duo Ltd"]);
        var facts = new PlayFacts
        {
            Product = "Relay", Team = new HashSet<PartnerId> { member },
            Gaps = ["Nobody keeps the contact with the person who decides on the money."],
            Candidates = [new(weak, "Weak", 39, true, 3, false), new(busy, "Busy", 90, true, 0, false), new(member, "Member", 95, true, null, false), new(strong, "Strong", 72, true, 2, false), new(delivers, "Delivers", 12, true, null, true)],
            Teams = [team, team with { Partners = [member] }],
        };
        var plays = PlayRules.Suggest(facts);
        plays.Select(p => (p.Kind, p.Partner)).ShouldBe([(PlayKind.BringPartner, strong), (PlayKind.OpenContact, null), (PlayKind.CoverDelivery, delivers), (PlayKind.WinningTeam, null)]);
        plays[0].Reasons.ShouldBe(["Strong relation here (72 of 100)", "Certified for Relay", "Can begin 2 projects"]);
        PlayRules.Suggest(facts).Select(p => p.Key).ShouldBe(plays.Select(p => p.Key), "the same facts give the same suggestions");
        PlayRules.Suggest(facts with { DeliveryCovered = true, Gaps = [], Teams = [] }).ShouldHaveSingleItem().Partner.ShouldBe(strong);
        PlayRules.Suggest(facts with { OfDeal = false }).ShouldHaveSingleItem();
    }

    [SkippableTheory, Databases]
    public async Task Partners_at_a_customer_are_ranked_and_a_partner_sees_its_own_customers_only(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd"));
        var account = await world.AccountAsync("Adler Maschinen Deutschland", "adler.example");
        var won = await world.RegisterAsync(rosa, world.Fields("Adler", domain: "adler.example"));
        await SayAsync(rosa, won.Id);
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(won.Id, 25_000_00), default))).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<SetRelation, Result<AccountId>>(s => s.RunAsync(new RelationInput(account, RelationHolder.Both, rosa.Actor.Partner), default))).Problem.ShouldBeNull();
        await world.RegisterAsync(ines, world.Fields("Adler Maschinen", world.Vault, domain: "adler.example"));

        var ranked = await OfAccountAsync(world.Manager, account);
        ranked.Select(r => r.PartnerName).ShouldBe(["Rosa Ltd", "Ines Ltd"]);
        var parts = ranked[0].Parts.ToDictionary(p => p.Key, p => p.Points);
        (parts[StrengthKey.Wins], parts[StrengthKey.Open], parts[StrengthKey.People], parts[StrengthKey.Touches], parts[StrengthKey.Ownership]).ShouldBe((10, 0, 4, 3, 10));
        ranked[0].Points.ShouldBe(ranked[0].Parts.Sum(p => p.Points));
        ranked[1].Parts.Single(p => p.Key == StrengthKey.Open).Points.ShouldBe(8);

        var own = (await rosa.DoAsync<Work, Result<List<StrengthLine>>>(w => StrengthList.OfPartnerAsync(w, rosa.Actor.Partner!.Value, default))).Value;
        own.ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.CustomerName.ShouldBe("Adler"), l => l.Account.ShouldBeNull(), l => l.Points.ShouldBe(ranked[0].Points));
        (await rosa.DoAsync<Work, Result<List<StrengthLine>>>(w => StrengthList.OfPartnerAsync(w, ines.Actor.Partner!.Value, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await world.Manager.DoAsync<Work, Result<List<StrengthLine>>>(w => StrengthList.OfPartnerAsync(w, rosa.Actor.Partner!.Value, default))).Value.Single().CustomerName.ShouldBe("Adler Maschinen Deutschland");

        using var api = await rosa.ApiAsync();
        (await api.GetAsync($"/api/v1/accounts/{account}/relationship-strength")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await api.GetAsync($"/api/v1/partners/{ines.Actor.Partner}/relationship-strength")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetStringAsync($"/api/v1/partners/{rosa.Actor.Partner}/relationship-strength")).ShouldNotContain(account.ToString());
        using var staff = await world.Manager.PagesAsync();
        (await staff.GetAsync($"/app/accounts/{account}")).Text.ShouldContain("Partners at this customer");
        (await staff.GetAsync($"/app/partners/{rosa.Actor.Partner}")).Text.ShouldContain("Strongest customers");
        using var portal = await rosa.PagesAsync();
        var page = (await portal.GetAsync("/portal/relations")).Text;
        page.ShouldContain("Your strongest customers");
        page.ShouldNotContain("Ines Ltd");
    }

    [SkippableTheory, Databases]
    public async Task A_suggestion_is_taken_or_dismissed_once_and_does_not_come_back(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, ines) = (await world.PartnerAsync("Rosa Ltd"), await world.PartnerAsync("Ines Ltd", motions: [Motion.Resell, Motion.Deliver]));
        var account = await world.AccountAsync("Lumen Kliniken", "lumen.example");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var won = await world.RegisterAsync(ines, world.Fields("Lumen Kliniken", world.Vault, domain: "lumen.example"));
            foreach (var __ in Enumerable.Range(0, 4)) await SayAsync(ines, won.Id);
            (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(won.Id, 25_000_00), default))).Problem.ShouldBeNull();
        }

        var deal = await world.RegisterAsync(rosa, world.Fields("Lumen Kliniken", domain: "lumen.example"));
        (await rosa.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal.Id, null, "Eva Brandt", "CFO", null, BuyerRole.EconomicBuyer, Influence.High, Stance.Neutral, null, null), default))).Problem.ShouldBeNull();
        var plays = await OfDealAsync(world.Manager, deal.Id);
        var bring = plays.Single(p => p.Kind == PlayKind.BringPartner);
        (bring.Partner, bring.Title).ShouldBe((ines.Actor.Partner, "Bring Ines Ltd in"));
        plays.ShouldContain(p => p.Title == "Nobody keeps the contact with the person who decides on the money.");
        plays.Single(p => p.Kind == PlayKind.CoverDelivery).Partner.ShouldBe(ines.Actor.Partner);
        (await rosa.DoAsync<Work, Result<List<PlayLine>>>(w => PlayList.OfDealAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ReviewAsync(rosa, deal.Id, bring.Key, true)).Problem!.Kind.ShouldBe(ProblemKind.Denied);
        (await ReviewAsync(world.Manager, deal.Id, "bring:nobody", true)).Problem!.Kind.ShouldBe(ProblemKind.Missing);
        (await ReviewAsync(world.Manager, deal.Id, "delivery", false)).Problem!.Errors.Keys.ShouldBe(["reason"]);
        (await ReviewAsync(world.Manager, deal.Id, "delivery", false, "They deliver it themselves.")).Problem.ShouldBeNull();
        (await ReviewAsync(world.Manager, deal.Id, "delivery", true)).Problem!.Code.ShouldBe("plays.reviewed");
        (await ReviewAsync(world.Manager, deal.Id, bring.Key, true)).Value.ShouldBe($"/app/deals/{deal.Id}?invite={ines.Actor.Partner}&role=influence#team");
        (await OfDealAsync(world.Manager, deal.Id)).Select(p => p.Kind).Distinct().ShouldBe([PlayKind.OpenContact]);

        using var staff = await world.Manager.PagesAsync();
        var list = (await staff.GetAsync("/app/plays")).Text;
        foreach (var shown in new[] { "Open suggestions", "Nobody keeps the contact with the person who decides on the money." }) list.ShouldContain(shown);
        using var program = await world.Manager.ApiAsync();
        var open = (await program.GetFromJsonAsync<JsonElement>("/api/v1/plays")).GetProperty("items").EnumerateArray().Single(d => d.GetProperty("deal").GetString() == deal.Id.ToString());
        open.GetProperty("plays").EnumerateArray().Select(p => p.GetProperty("kind").GetString()).Distinct().ShouldBe(["open_contact"], "what was reviewed stands there no more");
        foreach (var one in (await program.GetFromJsonAsync<JsonElement>("/api/v1/plays")).GetProperty("items").EnumerateArray())
            (await program.GetFromJsonAsync<JsonElement>($"/api/v1/deals/{one.GetProperty("deal").GetString()}/plays")).GetRawText().ShouldBe(one.GetProperty("plays").GetRawText(), "many deals are read at once, and each says the same alone");
        using var elsewhere = await (await DealWorld.CreateAsync(database)).Manager.ApiAsync();
        (await elsewhere.GetFromJsonAsync<JsonElement>("/api/v1/plays")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var filled = await staff.GetAsync($"/app/deals/{deal.Id}?invite={ines.Actor.Partner}&role=influence");
        filled.Document.QuerySelector($"select[name='Invite.Partner'] option[value='{ines.Actor.Partner}']")!.HasAttribute("selected").ShouldBeTrue();
        filled.Document.QuerySelector("select[name='Invite.Role'] option[value='influence']")!.HasAttribute("selected").ShouldBeTrue();
        var page = filled.Text;
        page.ShouldContain("Suggested plays");
        page.ShouldNotContain("No partner covers delivery");
        (await world.Manager.DoAsync<Win, Result<DealId>>(w => w.RunAsync(new WinInput(deal.Id, 25_000_00), default))).Problem.ShouldBeNull();
        var figure = (await world.Manager.DoAsync<Work, IReadOnlyList<PlayFigure>>(w => PlayReviews.FiguresAsync(w, default))).Single(f => f.Kind == PlayKind.BringPartner);
        (figure.Reviewed, figure.Taken, figure.Won, figure.Share).ShouldBe((1, 1, 1, 1m));
        (await staff.GetAsync("/app/plays")).Text.ShouldContain("They deliver it themselves.");
        (await staff.GetAsync("/app/plays.csv")).Text.ShouldContain("Bring Ines Ltd in");
        using var api = await rosa.ApiAsync();
        foreach (var path in new[] { $"/api/v1/deals/{deal.Id}/plays", "/api/v1/plays", "/api/v1/plays/reviews", "/api/v1/plays/figures" }) (await api.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // An account with an open opportunity of the direct team gets partners to bring in.
        (await world.Manager.DoAsync<Work, Result<List<PlayLine>>>(w => PlayList.OfAccountAsync(w, account, default))).Value.ShouldBeEmpty();
        await world.OpportunityAsync("OPP-9", "Lumen Kliniken", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-20));
        (await world.Manager.DoAsync<Work, Result<List<PlayLine>>>(w => PlayList.OfAccountAsync(w, account, default))).Value.ShouldContain(p => p.Partner == ines.Actor.Partner);
        (await staff.GetAsync($"/app/accounts/{account}")).Text.ShouldContain("Bring Ines Ltd in");
        (await (await DealWorld.CreateAsync(database)).Manager.DoAsync<Work, Result<List<PlayLine>>>(w => PlayList.OfDealAsync(w, deal.Id, default))).Problem!.Kind.ShouldBe(ProblemKind.Missing);
    }

    [SkippableTheory, Databases]
    public async Task A_partners_list_does_not_tell_which_companies_the_vendor_knows(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync("Rosa Ltd");
        await world.AccountAsync("Merlin Brauerei", "merlin.example");
        foreach (var (name, domain) in new[] { ("Merlin Brauerei", "merlin.example"), ("Merlins Sudhaus", "merlin.example"), ("Nobody Knows Limited", (string?)null) })
            await world.RegisterAsync(rosa, world.Fields(name, name == "Merlins Sudhaus" ? world.Vault : world.Relay, 900_000_00, domain));
        var own = (await rosa.DoAsync<Work, Result<List<StrengthLine>>>(w => StrengthList.OfPartnerAsync(w, rosa.Actor.Partner!.Value, default))).Value;
        own.Select(l => l.CustomerName).Order().ShouldBe(["Merlin Brauerei", "Merlins Sudhaus", "Nobody Knows Limited"]);
        own.Select(l => (l.Points, l.Account)).Distinct().ShouldHaveSingleItem("a known company and an unknown one are alike");
        own.ShouldAllBe(l => l.Parts.All(p => p.Key != StrengthKey.Tie) && l.Parts.Sum(p => p.Points) == l.Points);
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync("/portal/relations")).Text.ShouldNotContain("ecosystem");
        (await world.Manager.DoAsync<Work, Result<List<StrengthLine>>>(w => StrengthList.OfPartnerAsync(w, rosa.Actor.Partner!.Value, default))).Value.ShouldHaveSingleItem().CustomerName.ShouldBe("Merlin Brauerei");
    }

    [SkippableTheory, Databases]
    public async Task Who_cannot_carry_a_suggestion_out_leaves_it_to_those_who_can(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, seller) = (await world.PartnerAsync("Rosa Ltd"), await world.Tenant.StaffAsync(Roles.DirectSeller));
        var deal = await world.RegisterAsync(rosa, world.Fields("Heron Optik"));
        (await rosa.DoAsync<SaveCommitteePerson, Result<CommitteePersonId>>(s => s.RunAsync(new CommitteeInput(deal.Id, null, "Eva Brandt", "CFO", null, BuyerRole.EconomicBuyer, Influence.High, Stance.Neutral, null, null), default))).Problem.ShouldBeNull();
        using var pages = await seller.PagesAsync();
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", "de");
        var page = (await pages.GetAsync($"/app/deals/{deal.Id}")).Text;
        foreach (var shown in new[] { "Darüber entscheidet der Partnermanager.", "Niemand hält den Kontakt zu der Person, die über das Geld entscheidet." }) page.ShouldContain(shown);
        (await ReviewAsync(seller, deal.Id, "delivery", true)).Problem!.Code.ShouldBe("plays.not_yours");
        (await OfDealAsync(world.Manager, deal.Id)).ShouldContain(p => p.Key == "delivery");

        // What is kept is read by others: it is kept in one language and retold.
        var contact = (await OfDealAsync(seller, deal.Id)).First(p => p.Kind == PlayKind.OpenContact);
        using (Languages.Speaking("de")) (await ReviewAsync(seller, deal.Id, contact.Key, true)).Problem.ShouldBeNull();
        (await world.Manager.DoAsync<Work, Page<ReviewLine>>(w => PlayReviews.FindAsync(w, new ReviewQuery(), default))).Items.ShouldHaveSingleItem().Title.ShouldBe("Nobody keeps the contact with the person who decides on the money.");
        (await pages.GetAsync("/app/plays")).Text.ShouldContain("Niemand hält den Kontakt");
    }

    [SkippableTheory, Databases]
    public async Task What_was_reviewed_at_an_account_is_not_suggested_again_where_the_account_has_gone(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (from, into) = (await world.AccountAsync("Tollgate Freight"), await world.AccountAsync("Quarrymoor Shipping"));
        await world.Manager.DoAsync<Work, int>(w =>
        {
            w.Db.Add(new PlayReview { TenantId = w.Tenant, Id = w.NewId<PlayReviewId>(), Place = from.ToString(), AccountId = from, Key = "bring:x", Kind = PlayKind.BringPartner, Title = "Bring X in", Taken = false, ReviewedAt = w.Now });
            return w.Db.SaveChangesAsync();
        });
        using var api = await world.Tenant.Administrator.ApiAsync();
        (await api.PostAsync($"/api/v1/accounts/{from}/merge", System.Net.Http.Json.JsonContent.Create(new { into = into.ToString() }))).EnsureSuccessStatusCode();
        for (var i = 0; i < 100 && await PlaceAsync() == from; i++)
        {
            await world.Tenant.App.DrainAsync();
            await Task.Delay(20);
        }

        (await PlaceAsync()).ShouldBe(into);

        async Task<AccountId?> PlaceAsync() => (await world.Manager.DoAsync<Work, Page<ReviewLine>>(w => PlayReviews.FindAsync(w, new ReviewQuery(), default))).Items.Single().Account;
    }

    private static IReadOnlyList<int> Points(StrengthFacts facts) => [.. Strengths.Of(facts).Parts.Select(p => p.Points)];

    private static async Task SayAsync(TestPerson person, DealId deal) =>
        (await person.DoAsync<AddComment, Result<DealId>>(a => a.RunAsync(new CommentInput(deal, "We spoke with the customer.", CommentAudience.Shared), default))).Problem.ShouldBeNull();

    private static async Task<List<StrengthLine>> OfAccountAsync(TestPerson person, AccountId account) => (await person.DoAsync<Work, Result<List<StrengthLine>>>(w => StrengthList.OfAccountAsync(w, account, default))).Value;

    private static async Task<List<PlayLine>> OfDealAsync(TestPerson person, DealId deal) => (await person.DoAsync<Work, Result<List<PlayLine>>>(w => PlayList.OfDealAsync(w, deal, default))).Value;

    private static Task<Result<string>> ReviewAsync(TestPerson person, DealId deal, string key, bool taken, string? reason = null) => person.DoAsync<ReviewPlay, Result<string>>(r => r.RunAsync(new PlayDecision(deal, null, key, taken, reason), default));
}
