using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Incentives.Published;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Tests;

/// <summary>What being in a segment brings.</summary>
public sealed class RewardTests
{
    private static readonly SegmentId Small = Ids.New<SegmentId>(DateTime.UtcNow);
    private static readonly SegmentId Young = Ids.New<SegmentId>(DateTime.UtcNow);

    private static readonly PlanTerms Plan = new(default, 1, "Plan", "USD", 30, 0, new Dictionary<(DealRole, Tier), int> { [(DealRole.Source, Tier.Gold)] = 1000 })
    {
        Schemes = new Dictionary<string, int> { ["referral_fee"] = 250 },
        Rewards = [new Reward(Small, "Specialist bonus", 200), new Reward(Young, "First year", 100)],
    };

    private static EarningLine Line(PlanTerms plan, Reward? reward, DealRole role = DealRole.Source, Granted? granted = null) =>
        EarningRules.Decide(new Money(100_000_00, "USD"), [new Claim(Ids.New<PartnerId>(DateTime.UtcNow), role, 10_000, Tier.Gold, reward)], plan, granted).ShouldHaveSingleItem();

    [Fact]
    public void A_reward_comes_beside_the_rate_of_role_and_tier()
    {
        var line = Line(Plan, Plan.Rewards[0]);
        (line.RateBasisPoints, line.Amount, line.Reward!.Name).ShouldBe((1200, 12_000_00, "Specialist bonus"));
        Line(Plan, null).RateBasisPoints.ShouldBe(1000);
        Line(Plan, Plan.Rewards[0], DealRole.Retain).ShouldSatisfyAllConditions(l => l.Amount.ShouldBe(0), l => l.Reward.ShouldBeNull());
        Line(Plan, Plan.Rewards[0], granted: new Granted("r", null, "referral_fee")).ShouldSatisfyAllConditions(l => l.RateBasisPoints.ShouldBe(250), l => l.Reward.ShouldBeNull());
    }

    [Fact]
    public void A_plan_for_its_segments_pays_nobody_else()
    {
        var plan = Plan with { OnlySegments = true };
        Line(plan, null).Amount.ShouldBe(0);
        Line(plan, null, granted: new Granted("r", null, "referral_fee")).Amount.ShouldBe(0);
        Line(plan, Plan.Rewards[1]).RateBasisPoints.ShouldBe(1100);
    }

    [Fact]
    public void Of_several_segments_the_highest_reward_counts()
    {
        Plan.Best(new Dictionary<SegmentId, bool> { [Small] = true, [Young] = true })!.Name.ShouldBe("Specialist bonus");
        Plan.Best(new Dictionary<SegmentId, bool> { [Small] = false, [Young] = true })!.Name.ShouldBe("First year");
        Plan.Best(new Dictionary<SegmentId, bool>()).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task Who_is_in_a_segment_when_the_deal_is_won_earns_its_reward_and_reads_why(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database));
        var (inside, outside) = (await world.PartnerAsync(), await world.PartnerAsync());
        using var api = await world.Operations.ApiAsync();
        using var finance = await world.Finance.ApiAsync();
        var before = await world.WonAsync(inside, 50_000_00);
        (await api.PostAsJsonAsync($"/api/v1/partners/{inside.Actor.Partner}/tags", new { add = "specialist" })).EnsureSuccessStatusCode();
        var segment = await SegmentAsync(api, "Secret specialists", "specialist");
        var plan = await PlanAsync(finance, world.Today, segment, 250);

        var preview = await finance.GetFromJsonAsync<JsonElement>($"/api/v1/incentives/plans/{plan}/preview");
        var sum = preview.GetProperty("sums")[0];
        (preview.GetProperty("lines").GetInt32(), sum.GetProperty("was").GetInt64(), sum.GetProperty("would").GetInt64(), sum.GetProperty("rewards").GetInt64()).ShouldBe((1, 5_000_00, 6_250_00, 1_250_00));
        using var staff = await world.Finance.PagesAsync();
        var draft = await staff.GetAsync($"/app/incentives/plans/{plan}");
        foreach (var word in new[] { "What this draft would have paid", "Specialist bonus", "Secret specialists" }) draft.Text.ShouldContain(word);

        using var segments = await world.Operations.PagesAsync();
        (await segments.GetAsync($"/app/partners/segments/{segment}")).Text.ShouldContain("rewards it: “Specialist bonus”, + 2.5 %");
        (await finance.PostAsync($"/api/v1/incentives/plans/{plan}/publish", null)).EnsureSuccessStatusCode();
        // A plan that is published pays by the segment as it is: it keeps its conditions, whoever may change segments.
        object Changed(string name, string tag) => new { name, conditions = new { tags = new[] { tag } } };
        (await api.PutAsJsonAsync($"/api/v1/segments/{segment}", Changed("Secret specialists", "everybody"))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await api.PutAsJsonAsync($"/api/v1/segments/{segment}", Changed("Secret specialists, renamed", "specialist"))).EnsureSuccessStatusCode();
        (await api.DeleteAsync($"/api/v1/segments/{segment}")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await world.WonAsync(inside, 100_000_00);
        await world.WonAsync(outside, 100_000_00);
        var rewarded = (await world.EarningsAsync(inside)).Single(e => e.DealId != before);
        (rewarded.RateBasisPoints, rewarded.Amount).ShouldBe((1250, 12_500_00));
        (await world.EarningsAsync(outside)).ShouldHaveSingleItem().Amount.ShouldBe(10_000_00);

        // What was earned stays explained, whatever becomes of tag and segment.
        (await api.PostAsJsonAsync($"/api/v1/partners/{inside.Actor.Partner}/tags", new { add = "", remove = "specialist" })).EnsureSuccessStatusCode();
        await world.Tenant.AsSystemAsync<Db, int>(db => db.Database.ExecuteSqlRawAsync("DELETE FROM partners_segment WHERE name = 'Secret specialists, renamed'"));
        using var portal = await inside.PagesAsync();
        var why = await portal.GetAsync($"/portal/earnings/{rewarded.Id}");
        foreach (var word in new[] { "Specialist bonus", "+ 2.5 %", "12.5 %" }) why.Text.ShouldContain(word);
        why.Text.ShouldNotContain("Secret specialists");
        using var stranger = await outside.PagesAsync();
        (await stranger.GetAsync($"/portal/earnings/{rewarded.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await world.WonAsync(inside, 10_000_00);
        (await world.EarningsAsync(inside)).Single(e => e.DealAmount == 10_000_00).RateBasisPoints.ShouldBe(1000, "a segment that is gone rewards nobody");
        (await staff.GetAsync("/app/incentives/plans")).Text.ShouldContain("The segment is gone");
        (await staff.Http.GetStringAsync("/app/incentives/plans.csv")).ShouldContain("Specialist bonus");
        (await world.ReverseAsync(rewarded.Id)).Problem.ShouldBeNull();
        (await world.BalanceAsync()).Sum(b => b.Balance).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_plan_for_its_segments_alone_leaves_others_without_a_line_and_the_audit_says_so(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        var (inside, outside) = (await world.PartnerAsync(), await world.PartnerAsync());
        using var api = await world.Operations.ApiAsync();
        using var finance = await world.Finance.ApiAsync();
        (await api.PostAsJsonAsync($"/api/v1/partners/{inside.Actor.Partner}/tags", new { add = "chosen" })).EnsureSuccessStatusCode();
        var plan = await PlanAsync(finance, world.Today, await SegmentAsync(api, "Chosen", "chosen"), 0, only: true);
        (await finance.PostAsync($"/api/v1/incentives/plans/{plan}/publish", null)).EnsureSuccessStatusCode();
        await world.WonAsync(inside, 100_000_00);
        await world.WonAsync(outside, 100_000_00);
        (await world.EarningsAsync()).ShouldHaveSingleItem().PartnerId.ShouldBe(inside.Actor.Partner!.Value);
        (await world.Tenant.AsSystemAsync<Work, List<AuditEntry>>(w => w.Db.Set<AuditEntry>().Where(a => a.Action == "incentives.outside_segments").ToListAsync())).ShouldHaveSingleItem().Changes!.ShouldContain(outside.Actor.Partner.ToString()!);
    }

    [SkippableTheory, Databases]
    public async Task A_plan_that_rewards_what_partners_tell_of_themselves_is_not_published(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        using var api = await world.Operations.ApiAsync();
        using var finance = await world.Finance.ApiAsync();
        using var made = await api.PostAsJsonAsync("/api/v1/segments", new { name = "Known by many", conditions = new { tags = new[] { "chosen" }, followersFrom = 1000 } });
        made.EnsureSuccessStatusCode();
        var segment = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        var plan = await PlanAsync(finance, world.Today, segment, 250);
        using var refused = await finance.PostAsync($"/api/v1/incentives/plans/{plan}/publish", null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Known by many");
        (await api.PutAsJsonAsync($"/api/v1/segments/{segment}", new { name = "Known by many", conditions = new { tags = new[] { "chosen" } } })).EnsureSuccessStatusCode();
        (await finance.PostAsync($"/api/v1/incentives/plans/{plan}/publish", null)).EnsureSuccessStatusCode();
        (await api.PutAsJsonAsync($"/api/v1/segments/{segment}", new { name = "Known by many", conditions = new { tags = new[] { "chosen" }, followersFrom = 1 } })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [SkippableTheory, Databases]
    public async Task A_published_plan_whose_segment_goes_by_what_partners_tell_is_warned_of(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        using var api = await world.Operations.ApiAsync();
        using var finance = await world.Finance.ApiAsync();
        var (segment, plain) = (await SegmentAsync(api, "Known by many", "chosen"), await SegmentAsync(api, "Plain", "plain"));
        var plan = await PlanAsync(finance, world.Today, segment, 250);
        (await finance.PostAsync($"/api/v1/incentives/plans/{plan}/publish", null)).EnsureSuccessStatusCode();
        using var staff = await world.Finance.PagesAsync();
        using var operations = await world.Operations.PagesAsync();
        const string title = "Partners can put themselves into a rewarded segment";
        (await staff.GetAsync("/app/incentives/plans")).Text.ShouldNotContain(title);
        (await operations.GetAsync($"/app/partners/segments/{segment}")).Text.ShouldNotContain("A plan pays by what partners tell of themselves");

        // As it was before such plans were refused: no way of today leads there.
        await world.Tenant.AsSystemAsync<Db, int>(db => db.Database.ExecuteSqlRawAsync("UPDATE partners_segment SET conditions = {0} WHERE name = 'Known by many'", """{"tags":["chosen"],"followersFrom":1000}"""));
        var list = await staff.GetAsync("/app/incentives/plans");
        foreach (var word in new[] { title, "By what they tell of themselves they come into:", "This plan pays by it until another takes over" }) list.Text.ShouldContain(word);
        list.Document.QuerySelector($".t-alert a[href='/app/partners/segments/{segment}']")!.TextContent.ShouldBe("Known by many");
        (await staff.GetAsync($"/app/incentives/plans/{plan}")).Text.ShouldContain(title);
        (await operations.GetAsync($"/app/partners/segments/{segment}")).Text.ShouldContain("partners can put themselves into it. Make a segment that goes by what you decide");
        (await operations.GetAsync($"/app/partners/segments/{plain}")).Text.ShouldNotContain("A plan pays by what partners tell of themselves");
        async Task<bool> SelfDeclaredAsync(string id) => (await finance.GetFromJsonAsync<JsonElement>($"/api/v1/incentives/plans/{id}")).GetProperty("rewards")[0].GetProperty("selfDeclared").GetBoolean();
        (await SelfDeclaredAsync(plan)).ShouldBeTrue();

        var next = await PlanAsync(finance, world.Today.AddDays(1), segment, 250);
        (await staff.GetAsync($"/app/incentives/plans/{next}")).Text.ShouldContain("This draft is not published as it is");
        var right = await PlanAsync(finance, world.Today.AddDays(1), plain, 250);
        (await SelfDeclaredAsync(right)).ShouldBeFalse();
        (await staff.GetAsync($"/app/incentives/plans/{right}")).Text.ShouldNotContain(title);
    }

    [Fact]
    public void A_draft_counts_a_reward_only_where_it_raises_the_line_and_asks_what_the_decision_named()
    {
        var partner = Ids.New<PartnerId>(DateTime.UtcNow);
        var inside = new Dictionary<SegmentId, HashSet<PartnerId>> { [Small] = [partner], [Young] = [] };
        Earning Of(DealRole role) => new() { PartnerId = partner, Role = role, Tier = Tier.Gold, ShareBasisPoints = 10_000, BaseAmount = 100_00, Currency = "USD", DealTitle = "Deal", SearchText = "" };
        PlanPreviews.Try(Of(DealRole.Source), Plan, inside, null).ShouldBe((12_00, 2_00, Small));
        PlanPreviews.Try(Of(DealRole.Retain), Plan, inside, null).ShouldBe((0, 0, null));
        PlanPreviews.Try(Of(DealRole.Source), Plan, inside, "referral_fee").ShouldBe((2_50, 0, null));
    }

    [SkippableTheory, Databases]
    public async Task Rewards_that_cannot_be_are_refused_and_the_form_keeps_what_was_typed(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        using var api = await world.Operations.ApiAsync();
        using var finance = await world.Finance.ApiAsync();
        var segment = await SegmentAsync(api, "Known", "known");
        var gone = Ids.New<SegmentId>(DateTime.UtcNow).ToString();
        foreach (var (rewards, only, field) in new (object[] Rewards, bool Only, string Field)[]
        {
            ([new { segment = gone, name = "Gone", basisPoints = 100 }], false, "rewards"),
            ([new { segment, name = "", basisPoints = 100 }], false, "rewards"),
            ([new { segment, name = "Much", basisPoints = 9500 }], false, "rewards"),
            ([new { segment, name = "One", basisPoints = 1 }, new { segment, name = "Two", basisPoints = 2 }], false, "rewards"),
            ([], true, "onlySegments"),
        })
        {
            using var refused = await finance.PostAsJsonAsync("/api/v1/incentives/plans", Body(world.Today, rewards, only));
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(field);
        }

        using var pages = await world.Finance.PagesAsync();
        var form = await pages.GetAsync("/app/incentives/plans/new");
        var typed = await pages.SubmitAsync(form, "plan", ("Input.Name", ""), ("Input.Rewards[0.segment]", segment), ("Input.Rewards[0.name]", "Kept words"), ("Input.Rewards[0.rate]", "1.5"));
        typed.Text.ShouldContain("The name is needed");
        typed.Document.QuerySelector("[name='Input.Rewards[0.name]']")!.GetAttribute("value").ShouldBe("Kept words");
        var saved = await pages.SubmitAsync(typed, "plan", ("Input.Name", "With reward"), ("Input.EffectiveFrom", world.Today.ToString("yyyy-MM-dd")), ("Input.Rates[source.gold]", "10"));
        saved.Document.QuerySelector("[name='Input.Rewards[0.name]']")!.GetAttribute("value").ShouldBe("Kept words");
        saved.Text.ShouldContain("Nothing is earned yet");
        using var manager = await (await world.Tenant.StaffAsync(Roles.Marketing)).ApiAsync();
        (await manager.GetAsync($"/api/v1/incentives/plans/{Ids.New<PlanId>(DateTime.UtcNow)}/preview")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await finance.GetAsync($"/api/v1/incentives/plans/{Ids.New<PlanId>(DateTime.UtcNow)}/preview")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> SegmentAsync(HttpClient api, string name, string tag)
    {
        using var made = await api.PostAsJsonAsync("/api/v1/segments", new { name, conditions = new { tags = new[] { tag } } });
        made.IsSuccessStatusCode.ShouldBeTrue(await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static object Body(DateOnly from, object[] rewards, bool only) => new
    {
        name = "Plan with rewards", currency = "USD", effectiveFrom = from, holdDays = 30, minimum = 0, rewards, onlySegments = only,
        rates = Enum.GetValues<Tier>().Select(t => new { role = "source", tier = Words.Of(t), basisPoints = 1000 }),
    };

    private static async Task<string> PlanAsync(HttpClient finance, DateOnly from, string segment, int basisPoints, bool only = false)
    {
        using var made = await finance.PostAsJsonAsync("/api/v1/incentives/plans", Body(from, [new { segment, name = "Specialist bonus", basisPoints }], only));
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
