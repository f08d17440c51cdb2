using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Fairness;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class FairnessTests
{
    private static readonly DateTime Now = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime March = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly (PartnerId Own, PartnerId Rival) Two = (Ids.New<PartnerId>(March), Ids.New<PartnerId>(March));
    private static readonly DateTime LastYear = new(2025, 7, 1, 9, 0, 0, DateTimeKind.Utc);
    private static readonly PartnerId[] Many = [.. Enumerable.Range(0, 10).Select(_ => Ids.New<PartnerId>(March))];
    private static readonly AccountId Customer = Ids.New<AccountId>(March);
    private static readonly ProductId Relay = Ids.New<ProductId>(March);

    [Fact]
    public void A_decision_is_in_time_until_the_promised_instant_and_a_waiting_one_is_late_after_it()
    {
        var rows = Rows(Held(0, decided: March.AddHours(48)), Held(1, decided: March.AddHours(49)), Held(2, decided: null), Held(3, decided: null, promised: Now.AddHours(1)));
        rows.Where(r => r.Measure == FairMeasure.DecisionInTime).Select(r => (r.Counted, r.Note)).ShouldBe([(true, "In time"), (false, "Late by 1 h"), (false, "Still waiting")]);
    }

    [Fact]
    public void Only_a_person_who_decides_otherwise_than_the_rules_overrides_them()
    {
        static bool Over(DealState? rules, DealState? person) => FairRules.Overridden(Held(0) with { RulesSaid = rules, PersonSaid = person });
        (Over(DealState.Approved, DealState.Revoked), Over(DealState.Approved, DealState.Rejected), Over(DealState.Rejected, DealState.Approved)).ShouldBe((true, true, true));
        (Over(DealState.Approved, null), Over(DealState.Rejected, DealState.Rejected), Over(null, DealState.Rejected)).ShouldBe((false, false, false));
    }

    [Fact]
    public void A_direct_win_counts_as_lost_from_the_day_after_the_refusal_to_the_180th()
    {
        foreach (var (days, lost) in new[] { (0, false), (1, true), (180, true), (181, false) })
        {
            var refused = Held(0, decided: LastYear) with { PersonSaid = DealState.Rejected, Account = Customer };
            var rows = Rows([refused], [new DirectWin("O-1", Customer, null, DateOnly.FromDateTime(LastYear).AddDays(days))]);
            rows.Single(r => r.Measure == FairMeasure.LostToDirect).Counted.ShouldBe(lost, $"{days} days");
        }
    }

    [Fact]
    public void A_refusal_counts_once_its_180_days_are_over()
    {
        foreach (var (ago, rows) in new[] { (179, 0), (180, 0), (181, 1) })
        {
            var refused = Held(0, decided: Now.AddDays(-ago)) with { PersonSaid = DealState.Rejected, Account = Customer };
            Rows([refused], [new DirectWin("O-1", Customer, null, DateOnly.FromDateTime(Now).AddDays(-ago + 1))]).Count(r => r.Measure == FairMeasure.LostToDirect).ShouldBe(rows, $"{ago} days ago");
        }
    }

    [Fact]
    public void What_the_partner_took_back_in_time_is_no_broken_promise()
    {
        FairRow? Row(DateTime? takenBack) => Rows(Held(0) with { TakenBackAt = takenBack }).SingleOrDefault(r => r.Measure == FairMeasure.DecisionInTime);
        Row(March.AddHours(47)).ShouldBeNull();
        Row(March.AddHours(49))!.Note.ShouldBe("Taken back by the partner after the promised time");
        Row(null)!.Note.ShouldBe("Still waiting");
    }

    [Fact]
    public void A_protection_that_we_took_back_before_its_promised_end_is_broken_and_says_why()
    {
        var own = Protected(0, Two.Own, March, 90) with { PersonSaid = DealState.Revoked, Reason = "Not a fit", RevokedOn = DateOnly.FromDateTime(March).AddDays(5) };
        var rows = Rows(own, Protected(1, Two.Rival, March.AddDays(5).AddMinutes(1), 90));
        var broken = rows.Single(r => r.Measure == FairMeasure.ProtectionHonoured && r.Subject == own.Deal.ToString());
        (broken.Counted, broken.Note).ShouldBe((false, "Taken back: Not a fit"));
        rows.Count(r => r.Measure == FairMeasure.ProtectionHonoured && r.Counted).ShouldBe(1, "the other one lasts");
        var figure = FairFigures.Of(rows).Single(f => f is { Measure: FairMeasure.ProtectionHonoured, By: "reason" });
        (figure.Group, figure.Counted).ShouldBe(("Not a fit", 1));
        FairFilter.Query(figure).ShouldBe("measure=protection_honoured&counted=no&note=Taken%20back%3A%20Not%20a%20fit");
        // After the promised end nothing was promised any more.
        Rows(own with { RevokedOn = DateOnly.FromDateTime(March).AddDays(91) }).Single(r => r.Measure == FairMeasure.ProtectionHonoured).Counted.ShouldBeTrue();
    }

    [Fact]
    public void Twenty_rows_of_one_partner_are_too_few_and_partners_read_no_counts_of_them()
    {
        var rows = Rows([.. Enumerable.Range(0, 20).Select(i => Held(i, decided: March.AddHours(1)) with { Partner = Many[0] }), .. Enumerable.Range(20, 60).Select(i => Held(i, decided: March.AddHours(1)) with { Partner = Many[1 + (i % 9)] })]);
        var figures = FairFigures.Of(rows);
        var (gold, silver) = (Of(figures, "tier", "Gold"), Of(figures, "tier", "Silver"));
        (gold.Of, gold.Share, silver.Of, silver.Share).ShouldBe((20, null, 60, 1.0));
        var told = FairFigures.ForPartners(figures);
        (Of(told, "tier", "Gold").Of, Of(told, "tier", "Gold").Counted).ShouldBe((null, null));
        (Of(told, "tier", "Silver").Of, Of(told, "tier", "Silver").Share).ShouldBe((null, null), "the whole without it would tell the other");
        (Of(told, "all", "All partners").Of, Of(told, "all", "All partners").Share).ShouldBe((80, 1.0));
        FairLook.Value(Of(told, "tier", "Gold")).ShouldBe("Too few to say");
        FairLook.Sample(Of(told, "tier", "Gold")).ShouldBe("");

        static FairFigure Of(IEnumerable<FairFigure> all, string by, string group) => all.Single(f => f.Measure == FairMeasure.DecisionInTime && f.By == by && f.Group == group);
    }

    [Fact]
    public void A_protection_is_broken_by_a_rival_or_a_direct_win_at_the_same_customer_for_the_same_product()
    {
        var own = Protected(0, Two.Own, March, 90);
        Honoured(own).ShouldBeTrue();
        Honoured(own, Protected(1, Two.Rival, March.AddDays(10), 90)).ShouldBeFalse();
        Honoured(own, Protected(1, Two.Rival, March.AddDays(90), 90)).ShouldBeTrue("the first has ended");
        Honoured(own, Protected(1, Two.Own, March.AddDays(10), 90)).ShouldBeTrue("it is the same partner");
        Honoured(own, Protected(1, Two.Rival, March.AddDays(10), 90) with { Product = Ids.New<ProductId>(March) }).ShouldBeTrue("it is another product");
        Rows([own], [new DirectWin("O-2", Customer, Relay, DateOnly.FromDateTime(March).AddDays(5))]).Single(r => r.Measure == FairMeasure.ProtectionHonoured).Note.ShouldContain("O-2");

        bool Honoured(params DecisionFact[] facts) => Rows(facts).Single(r => r.Measure == FairMeasure.ProtectionHonoured && r.Subject == own.Deal.ToString()).Counted;
    }

    [Fact]
    public void A_lead_counts_for_the_tenth_of_partners_that_register_most_and_for_nobody_who_registers_nothing()
    {
        DecisionFact[] decisions = [.. Enumerable.Range(0, 12).Select(i => Held(i, March.AddHours(1)) with { Partner = Many[Math.Max(0, i - 2)] })];
        PassedLead[] leads = [new("led_1", "Saar Tools", Many[0], March), new("led_2", "Mosel Tools", Many[1], March), new("led_3", "Nahe Tools", Two.Rival, March)];
        var rows = Rows(decisions, [], leads).Where(r => r.Measure == FairMeasure.LeadsToLarge).ToList();
        rows.Select(r => (r.Title, r.Counted, r.Note)).ShouldBe([("Saar Tools", true, "Of the largest tenth"), ("Mosel Tools", false, "Of the others"), ("Nahe Tools", false, "Of the others")]);
        FairLook.Href(rows[0].Subject).ShouldBe("/app/leads/led_1");
        var whole = FairFigures.Of(rows).Single(f => f is { Measure: FairMeasure.LeadsToLarge, By: "all" });
        (whole.Of, whole.Counted, whole.Share).ShouldBe((3, 1, null));
    }

    [SkippableTheory, Databases]
    public async Task Leads_that_partners_were_offered_stand_in_the_report_the_rows_and_the_files(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (large, small) = (await world.PartnerAsync(), await world.PartnerAsync());
        for (var i = 0; i < 2; i++) await world.RegisterAsync(large);
        using var staff = await world.Tenant.Administrator.ApiAsync();
        foreach (var (partner, customer) in new[] { (large, "Lead of the large"), (small, "Lead of the small") })
        {
            var passed = await staff.PostAsJsonAsync("/api/v1/leads", new { customerName = customer, country = "DE", need = "A relay for two plants, this year.", partner = partner.Actor.Partner!.Value.ToString() });
            passed.StatusCode.ShouldBe(HttpStatusCode.Created, await passed.Content.ReadAsStringAsync());
        }

        (await staff.PutAsJsonAsync("/api/v1/fairness/settings", new { shownToPartners = true, paymentDays = 30 })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var rows = (await staff.GetFromJsonAsync<JsonElement>("/api/v1/fairness/rows?measure=leads_to_large")).GetProperty("items").EnumerateArray().ToDictionary(r => r.GetProperty("title").GetString()!, r => r.GetProperty("counted").GetBoolean());
        rows.ShouldBe(new Dictionary<string, bool> { ["Lead of the large"] = true, ["Lead of the small"] = false }, ignoreOrder: true);
        using var pages = await world.Tenant.Administrator.PagesAsync();
        (await pages.GetAsync("/app/analytics/fairness")).Text.ShouldContain("Leads to the largest tenth");
        var page = await pages.GetAsync("/app/analytics/fairness/rows?measure=leads_to_large");
        page.Document.QuerySelectorAll("a[href^='/app/leads/led_']").Length.ShouldBe(2);
        page.Document.QuerySelector("a[href='/app/analytics/fairness/rows.csv?measure=leads_to_large&as=xlsx']").ShouldNotBeNull();
        (await pages.Http.GetStringAsync("/app/analytics/fairness/rows.csv?measure=leads_to_large")).ShouldContain("Lead of the small");
        (await pages.Http.GetStringAsync("/app/analytics/fairness.csv")).ShouldContain("Leads to the largest tenth,all,All partners,1,2");
        using var portal = await small.PagesAsync();
        var told = await portal.GetAsync("/portal/promise");
        told.Text.ShouldContain("Yours: 0 of 1");
        told.Text.ShouldNotContain("Lead of the large");
    }

    [Fact]
    public void Figures_are_the_rows_and_under_twenty_or_of_four_partners_there_are_too_few_to_say()
    {
        var chance = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var rows = Rows([.. Enumerable.Range(0, chance.Next(1, 120)).Select(i => Held(i, decided: March.AddMinutes(chance.Next(1, 6000))) with { Partner = Many[chance.Next(1 + chance.Next(Many.Length))] })]);
            foreach (var figure in FairFigures.Of(rows).Where(f => f.By != "reason"))
            {
                var behind = rows.Where(r => r.Measure == figure.Measure && (figure.By != "size" || FairFigures.Label(r.Size) == figure.Group) && (figure.By != "tier" || Words.Label(r.Tier) == figure.Group)).ToList();
                (figure.Of, figure.Counted).ShouldBe((behind.Count, behind.Count(r => r.Counted)));
                (figure.Share is null).ShouldBe(behind.Count < FairFigures.Fewest || behind.Select(r => r.PartnerId).Distinct().Count() < FairFigures.FewestPartners);
                if (figure.Share is { } share) share.ShouldBe((double)figure.Counted!.Value / figure.Of!.Value);
                if (figure.MedianMinutes is { } half)
                {
                    behind.Count(r => r.Minutes <= half).ShouldBeGreaterThanOrEqualTo((behind.Count + 1) / 2);
                    behind.Count(r => r.Minutes < half).ShouldBeLessThan((behind.Count + 1) / 2);
                    behind.Count(r => r.Minutes <= figure.P90Minutes).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(0.9 * behind.Count));
                }
            }
        }
    }

    [SkippableTheory, Databases]
    public async Task Figures_equal_their_rows_and_partners_see_figures_only_where_the_vendor_agrees(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (seller, other) = (await world.PartnerAsync(), await world.PartnerAsync());
        for (var i = 0; i < 3; i++) await world.RegisterAsync(seller);
        var large = await world.RegisterAsync(other, 900_000_00);
        using var staff = await world.Tenant.Administrator.ApiAsync();
        using var portal = await seller.ApiAsync();
        (await staff.PostAsJsonAsync($"/api/v1/deals/{large}/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var revoked = (await world.Tenant.AsSystemAsync<Work, List<DealRow>>(w => w.Db.Set<DealRow>().Where(d => d.PartnerId == seller.Actor.Partner).ToListAsync()))[0].Id;
        (await staff.PostAsJsonAsync($"/api/v1/deals/{revoked}/revoke", new { reason = "not_a_fit" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await portal.GetAsync("/api/v1/fairness")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "nobody has agreed");
        (await portal.PutAsJsonAsync("/api/v1/fairness/settings", new { shownToPartners = true, paymentDays = 30 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await staff.PutAsJsonAsync("/api/v1/fairness/settings", new { shownToPartners = true, paymentDays = 0 })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var before = await seller.PagesAsync()) (await before.GetAsync("/portal/promise")).Text.ShouldContain("does not show its partners yet");
        var set = await staff.PutAsJsonAsync("/api/v1/fairness/settings", new { shownToPartners = true, paymentDays = 30 });
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());

        var report = await staff.GetFromJsonAsync<JsonElement>("/api/v1/fairness");
        foreach (var figure in report.GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("by").GetString() == "all"))
        {
            var measure = figure.GetProperty("measure").GetString();
            var rows = (await staff.GetFromJsonAsync<JsonElement>($"/api/v1/fairness/rows?measure={measure}&pageSize=200")).GetProperty("items").EnumerateArray().ToList();
            (figure.GetProperty("of").GetInt32(), figure.GetProperty("counted").GetInt32()).ShouldBe((rows.Count, rows.Count(r => r.GetProperty("counted").GetBoolean())), measure);
            figure.GetProperty("share").ValueKind.ShouldBe(JsonValueKind.Null, "too few to say");
        }

        Figure("rules_overridden").ShouldBe((3, 1));
        Figure("decision_in_time").ShouldBe((1, 1));
        Figure("tier_by_hand").ShouldBe((2, 2));
        (await portal.GetAsync("/api/v1/fairness")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.GetAsync("/api/v1/fairness/rows?measure=rules_overridden")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "rows are the vendor's");
        using var pages = await seller.PagesAsync();
        var promise = await pages.GetAsync("/portal/promise");
        promise.Text.ShouldContain("Yours: 1 of 3");
        promise.Text.ShouldNotContain("1 of 3; yours", Case.Insensitive, "too few: the counts would name the others");
        var told = (await portal.GetFromJsonAsync<JsonElement>("/api/v1/fairness")).GetProperty("figures").EnumerateArray().ToList();
        told.Where(f => f.TryGetProperty("of", out var of) && of.ValueKind == JsonValueKind.Number && of.GetInt32() > 0).ShouldBeEmpty();
        promise.Text.ShouldNotContain(other.Actor.PartnerName!);

        (int, int) Figure(string measure)
        {
            var f = report.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("by").GetString() == "all" && f.GetProperty("measure").GetString() == measure);
            return (f.GetProperty("of").GetInt32(), f.GetProperty("counted").GetInt32());
        }
    }

    private static DecisionFact Held(int number, DateTime? decided = null, DateTime? promised = null) => new(
        Ids.New<DealId>(March), $"Deal {number}", Two.Own, null, Relay, null, March, promised ?? March.AddHours(48), decided, null, decided is null ? null : DealState.Approved, null, null, null);

    private static DecisionFact Protected(int number, PartnerId partner, DateTime at, int days) => Held(number, at) with
    {
        Partner = partner,
        Account = Customer,
        SubmittedAt = at,
        ProtectedFrom = DateOnly.FromDateTime(at),
        ProtectedUntil = DateOnly.FromDateTime(at).AddDays(days),
    };

    private static IReadOnlyList<FairRow> Rows(params DecisionFact[] decisions) => Rows(decisions, []);

    private static IReadOnlyList<FairRow> Rows(IReadOnlyList<DecisionFact> decisions, IReadOnlyList<DirectWin> wins, IReadOnlyList<PassedLead>? leads = null) => FairRules.Rows(new FairFacts
    {
        Tenant = Ids.New<TenantId>(March), From = DateOnly.FromDateTime(Now).AddYears(-1), Now = Now, Decisions = decisions, DirectWins = wins, Lines = [], Tiers = [], Leads = leads ?? [],
        Partners = Many.Select((id, i) => (id, i)).Append((Two.Own, 0)).Append((Two.Rival, 1)).ToDictionary(p => p.Item1, p => ($"Partner {p.Item2}", p.Item2 == 0 ? Tier.Gold : Tier.Silver)), NewId = () => Ids.New<FairRowId>(Now),
    });
}
