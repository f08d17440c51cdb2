using System.Net.Http.Json;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Tests;

/// <summary>What the rules went by is said in the reader's language, to the last sentence.</summary>
public sealed class LanguageTests
{
    private static readonly string[] English = ["Owned by", "No direct seller owns it", "same name", "other country", "Review by version"];

    [SkippableTheory, Databases]
    public async Task The_decision_says_who_owns_a_likely_account_and_why_it_is_likely_in_the_readers_language(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        await world.ImportAsync("accounts", "account,country,owner\nUnstrut Robotics GmbH,AT,Bea Best\nHelme Robotics GmbH,AT,\n");
        await world.OpportunityAsync("OP-9", "Helme Robotics GmbH", "Engaging", DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10));
        var partner = await world.PartnerAsync();
        var owned = await world.RegisterAsync(partner, world.Fields("Unstrut Robotics"));
        var free = await world.RegisterAsync(partner, world.Fields("Helme Robotics"));
        foreach (var (language, owner, nobody, why) in new[] { ("de", "Zuständig: Bea Best.", "Kein Direktverkäufer ist zuständig.", "gleicher Name bis auf die Rechtsform; anderes Land (Österreich)"), ("ar", "يتولاها \u2068Bea Best\u2069.", "لا يتولاها بائع مباشر.", "الاسم نفسه عدا الشكل القانوني; بلد آخر (النمسا)") })
        {
            (await CardAsync(world, language, owned.Id)).ShouldSatisfyAllConditions(t => t.ShouldContain(owner), t => t.ShouldContain(why), t => English.ShouldAllBe(e => !t.Contains(e)));
            (await CardAsync(world, language, free.Id)).ShouldSatisfyAllConditions(t => t.ShouldContain(nobody), t => English.ShouldAllBe(e => !t.Contains(e)));
        }

        (await CardAsync(world, "en", owned.Id)).ShouldContain("Owned by Bea Best.");
    }

    [SkippableTheory, Databases]
    public async Task A_sentence_is_read_in_the_language_in_which_somebody_has_written_it_and_otherwise_as_it_stands(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rules = Saying(("de", "Bis {protected_until} für Sie allein, {protection_days} Tage."), ("ar", "محمي لكم حتى {protected_until}."));
        RuleFileReader.Read(RuleFile.Write(rules)).Value.Rules[^1].Says.ShouldBe(rules.Rules[^1].Says, ignoreOrder: true);
        DmnReader.Read(Dmn.Write(rules), DefaultRules.Text).Value.Rules[^1].Says.ShouldBe(rules.Rules[^1].Says, ignoreOrder: true);
        var (typed, unread) = Web.RuleForm.Of(rules, "").ToRules();
        (unread.Problem, typed.Rules[^1].Says!["de"]).ShouldBe((null, rules.Rules[^1].Says!["de"]));

        var draft = await RuleTables.DraftTests.BeginAsync(world.Manager);
        using var api = await world.Manager.ApiAsync();
        async Task<(bool Ok, string Said)> KeepAsync(RuleSetText text)
        {
            using var kept = await api.PutAsJsonAsync($"/api/v1/rules/drafts/{draft}", new { text = RuleFile.Write(text) });
            return (kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        }

        foreach (var wrong in new[] { ("xx", "Something."), ("en", "In English it stands already."), ("de", "Sagt {rival_incumbent}."), ("de", "Sagt {nothing}.") }) (await KeepAsync(Saying(wrong))).Ok.ShouldBeFalse(wrong.ToString());
        var (ok, said) = await KeepAsync(rules);
        ok.ShouldBeTrue(said);
        using var editor = await world.Manager.PagesAsync();
        (await editor.GetAsync($"/app/rules/drafts/{draft}")).Document.QuerySelectorAll("textarea[name$='.says']").Last().TextContent.ShouldContain("de: Bis {protected_until}");
        await RuleTables.DraftTests.RunAsync(world, draft);
        (await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow) })).EnsureSuccessStatusCode();

        var partner = await world.PartnerAsync();
        var deal = await world.RegisterAsync(partner, world.Fields("Zusam Robotics"));
        async Task<string> InAsync(TestPerson person, string language) => await person.DoAsync<Work, string>(async w =>
        {
            using var _ = Languages.Speaking(language);
            return (await DecisionPage.FindAsync(w, deal.Id, default)).Value.ForPartner;
        });
        (await InAsync(partner, "de")).ShouldStartWith("Bis ");
        (await InAsync(partner, "de")).ShouldContain("120 Tage");
        (await InAsync(partner, "ar")).ShouldStartWith("محمي لكم حتى");
        (await InAsync(partner, "en")).ShouldStartWith("Approved: the customer is protected for you");
        async Task<string> ReadAsync(string path, string language)
        {
            using var pages = await partner.PagesAsync();
            pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
            return (await pages.GetAsync(path)).Text;
        }

        (await ReadAsync($"/portal/deals/{deal.Id}?new=true", "de")).ShouldContain("für Sie allein, 120 Tage.");
        (await ReadAsync("/portal/rules", "de")).ShouldContain("für Sie allein");
        (await ReadAsync("/portal/rules", "ar")).ShouldContain("محمي لكم حتى");
        (await ReadAsync("/portal/rules", "en")).ShouldNotContain("für Sie allein");
        // Deciding again by the same version gives the same as ever.
        (await world.Manager.DoAsync<Work, bool>(async w =>
        {
            var decision = await w.Db.Set<Decision>().SingleAsync(d => d.DealId == deal.Id);
            return decision.Replay((await RuleBook.VersionAsync(w, decision.RuleSetId, default))!).Equals(decision.Ruling);
        })).ShouldBeTrue();
    }

    private static RuleSetText Saying(params (string Language, string Sentence)[] says) => DefaultRules.Text with
    {
        Rules = [.. DefaultRules.Text.Rules.Take(DefaultRules.Text.Rules.Count - 1), DefaultRules.Text.Rules[^1] with { Says = says.OrderBy(s => s.Language, StringComparer.Ordinal).ToDictionary(s => s.Language, s => s.Sentence) }],
    };

    [SkippableTheory, Databases]
    public async Task Rules_that_a_company_has_written_are_read_in_the_readers_language(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var owner = await world.Tenant.Administrator.ApiAsync();
        (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "deals", label = "On site", kind = "yes_no", sight = "partner_writes" })).EnsureSuccessStatusCode();
        RuleText Rule(string id, params (string Fact, string Cell)[] when) => new()
        {
            Id = id, When = when.ToDictionary(w => w.Fact, w => w.Cell), Outcome = Outcome.Approve, ProtectionDays = 45, ExtensionLimit = 2, CreditBasisPoints = 2550, ForPartner = "Ours.", ForVendor = "Ours.",
        };
        var rules = DefaultRules.Text with
        {
            Columns = [.. DefaultRules.Text.Columns.Union(["amount", "region", "partner_tier", "named_account", "deal_field_on_site"])],
            Rules = [Rule("ours", ("amount", "[1000.5..90000)"), ("region", "not(\"EMEA\",\"APAC\")"), ("partner_tier", "null"), ("deal_field_on_site", "true"), ("named_account", "false,null")), .. DefaultRules.Text.Rules],
        };
        var draft = await RuleTables.DraftTests.BeginAsync(world.Manager);
        using var api = await world.Manager.ApiAsync();
        using var kept = await api.PutAsJsonAsync($"/api/v1/rules/drafts/{draft}", new { text = RuleFile.Write(rules) });
        kept.IsSuccessStatusCode.ShouldBeTrue(await kept.Content.ReadAsStringAsync());
        await RuleTables.DraftTests.RunAsync(world, draft);
        (await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow) })).EnsureSuccessStatusCode();
        var partner = await world.PartnerAsync();

        async Task<string> FirstAsync(string language)
        {
            using var pages = await partner.PagesAsync();
            pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
            return (await pages.GetAsync("/portal/rules")).Document.QuerySelector("ol li").ShouldNotBeNull().Text().Trim();
        }

        (await FirstAsync("en")).ShouldBe("If the customer is no named account or it is not known whether the customer is a named account of the direct team, and the partner's tier is unknown, and the amount is at least 1,000.5 and less than 90,000, "
            + "and the partner's region is not EMEA or APAC, and the registration's “On site” is yes: approved at once, protected for 45 days; it can be extended 2 times; it gives 25.5 % of the credit.");
        (await FirstAsync("de")).ShouldBe("Wenn gilt: der Kunde ist kein benannter Account oder es ist nicht bekannt, ob gilt: der Kunde ist ein benannter Account des Direktvertriebs, und die Stufe des Partners ist unbekannt, "
            + "und der Betrag ist mindestens 1.000,5 und weniger als 90.000, und die Region des Partners ist nicht EMEA oder APAC, und „On site“ der Registrierung ist ja: sofort freigegeben, geschützt für 45 Tage; es kann 2 Mal verlängert werden; es bringt 25,5 % der Anrechnung.");
        (await FirstAsync("ar")).Replace("\u2068", "").Replace("\u2069", "").ShouldSatisfyAllConditions(t => t.ShouldContain("«On site» في التسجيل : نعم"), t => t.Replace("On site", "").Replace("EMEA", "").Replace("APAC", "").Any(char.IsAsciiLetter).ShouldBeFalse(t));
        (await partner.DoAsync<Work, Result<RulesDetail>>(w => RulesPage.FindAsync(w, null, default))).Value.Plain[0].When.ShouldStartWith("If the customer", Shouldly.Case.Sensitive, "the API is English");
    }

    [Fact]
    public void Every_fact_and_every_outcome_has_a_label_in_every_language()
    {
        string[] names = [.. Vocabulary.All.Concat(Passing.PassingVocabulary.All).Select(f => f.Name), .. Vocabulary.Tiers, .. RuleTests.Following.Keys, .. TableChecks.Results, .. Enum.GetValues<Outcome>().Select(Words.Of)];
        foreach (var language in Languages.All.Where(l => l.Catalogue is not null && l.Code != Languages.Pseudo))
            names.Distinct().Where(n => language.Catalogue!.Find(char.ToUpperInvariant(n[0]) + n[1..].Replace('_', ' ')) is null).ShouldBeEmpty(language.Code);
    }

    [SkippableTheory, Databases]
    public async Task The_staffs_rule_pages_name_facts_and_outcomes_in_the_readers_language(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var owner = await world.Tenant.Administrator.ApiAsync();
        (await owner.PostAsJsonAsync("/api/v1/fields", new { record = "deals", label = "Amount", kind = "yes_no", sight = "partner_writes" })).EnsureSuccessStatusCode();
        await world.RegisterAsync(await world.PartnerAsync(), world.Fields("Bexley Optics", amount: 40_000_00));
        var draft = await RuleTables.DraftTests.BeginAsync(world.Manager);
        var stricter = RuleTables.DraftTests.Stricter(DefaultRules.Text);
        stricter = stricter with
        {
            Columns = [.. stricter.Columns, "deal_field_amount"],
            Rules = [.. stricter.Rules.Select(r => r.Id == "large" ? r with { When = new Dictionary<string, string>(r.When) { ["deal_field_amount"] = "null" } } : r)],
            Tests = [.. stricter.Tests, new RuleTestText { Name = "Fails", Given = new Dictionary<string, string> { ["amount"] = "5" }, Expect = Outcome.Refuse, Then = new Dictionary<string, string> { ["protection_days"] = "7" } }],
        };
        (await world.Manager.DoAsync<EditDraft, Result<RuleDraftId>>(e => e.RunAsync(new RuleDraftEdit(draft, stricter), default))).Problem.ShouldBeNull();
        var run = (await RuleTables.DraftTests.RunAsync(world, draft)).Run.Id;
        string[] english = [.. Vocabulary.All.Select(f => f.Name).Concat(Vocabulary.Tiers).Concat(Enum.GetValues<Outcome>().Select(Words.Of)).Select(n => char.ToUpperInvariant(n[0]) + n[1..].Replace('_', ' '))];
        foreach (var (language, amount, refuse) in new[] { ("de", "Betrag", "Ablehnen"), ("ar", "المبلغ", "رفض") })
        {
            using var pages = await world.Manager.PagesAsync();
            pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
            var same = english.Where(e => Languages.Find(language)!.Catalogue!.Find(e) == e).ToHashSet();
            async Task<IDocument> ReadAsync(string path)
            {
                var document = (await pages.GetAsync(path)).Document;
                var heads = document.QuerySelectorAll("th, option, td small, td > div > div").Select(h => string.Concat(h.ChildNodes.OfType<IText>().Select(t => t.Text)).Trim().Split(':')[0]).ToList();
                heads.Where(h => english.Contains(h) && !same.Contains(h)).Distinct().ShouldBeEmpty($"{path} in {language}");
                return document;
            }

            var table = await ReadAsync($"/app/rules/drafts/{draft}");
            table.QuerySelectorAll("#table th").Select(h => h.TextContent.Trim()).ShouldContain(amount);
            table.QuerySelectorAll("#table th").Select(h => h.TextContent.Trim()).ShouldContain(h => h.EndsWith("Amount") || h.Contains("\u2068Amount"), "the company's own field is called as it has called it");
            table.QuerySelectorAll("#tests select[name$=expect] option").Select(o => o.TextContent).ShouldContain(refuse);
            table.QuerySelector("#tests")!.TextContent.ShouldNotContain("protection days 120", Shouldly.Case.Sensitive, language);
            (await ReadAsync("/app/rules")).QuerySelector("td[data-label] code")!.ParentElement!.TextContent.ShouldNotContain("Evidence", Shouldly.Case.Sensitive, language);
            var changes = (await ReadAsync($"/app/rules/drafts/{draft}/changes")).Body!.TextContent;
            changes.ShouldContain(amount);
            changes.ShouldNotContain("when amount");
            (await ReadAsync($"/app/rules/drafts/{draft}/simulation")).Body!.TextContent.ShouldContain(refuse, Shouldly.Case.Insensitive);
            (await ReadAsync($"/app/rules/runs/{run}")).Body!.TextContent.ShouldNotContain("registrations", Shouldly.Case.Sensitive, language);
        }
    }

    private static async Task<string> CardAsync(DealWorld world, string language, Trellis.Deals.Published.DealId deal)
    {
        using var pages = await world.Manager.PagesAsync();
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
        return (await pages.GetAsync($"/app/deals/{deal}")).Document.QuerySelector("#decision").ShouldNotBeNull().Text();
    }
}
