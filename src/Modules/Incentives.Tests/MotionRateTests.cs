using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Tests;

/// <summary>Whose tier pays a partner on the deal team.</summary>
public sealed class MotionRateTests
{
    [SkippableTheory, Databases]
    public async Task A_partner_on_the_deal_team_earns_by_the_tier_of_the_motion_of_its_role_and_the_line_says_so(Database database)
    {
        using var world = await IncentiveWorld.FoundAsync(await TestApp.SharedAsync(database), plan: false);
        RateItem[] rates = [.. Enum.GetValues<Tier>().SelectMany(t => new[] { new RateItem(DealRole.Source, t, 1000), new RateItem(DealRole.Influence, t, t == Tier.Silver ? 700 : 500) })];
        var plan = await world.Finance.DoAsync<WritePlan, Result<PlanId>>(w => w.RunAsync((null, new PlanInput("Plan", "USD", world.Today.AddYears(-1), IncentiveWorld.HoldDays, 0, rates)), default));
        await world.PublishAsync(plan.Value);
        var (holder, helper, paused) = (await world.PartnerAsync(), await world.PartnerAsync(), await world.PartnerAsync());
        // Gold as a company, silver where it influences.
        (await world.Tenant.Administrator.DoAsync<AssignTier, Result<Tier>>(a => a.RunAsync(new TierAssignment(helper.Actor.Partner!.Value, Tier.Gold, "Test"), default))).Problem.ShouldBeNull();
        (await world.Api.PutAsJsonAsync($"/api/v1/partners/{helper.Actor.Partner}/motions/influence", new { tier = "silver" })).EnsureSuccessStatusCode();
        (await world.Api.PutAsJsonAsync($"/api/v1/partners/{paused.Actor.Partner}/motions/influence", new { tier = "silver", state = "paused" })).EnsureSuccessStatusCode();
        await world.WonAsync(holder, 100_000_00, helper);
        await world.WonAsync(holder, 50_000_00, paused);

        var line = (await world.EarningsAsync(helper)).ShouldHaveSingleItem();
        (line.Role, line.Tier, line.TierMotion, line.RateBasisPoints, line.Amount).ShouldBe((DealRole.Influence, Tier.Silver, Motion.Influence, 700, 2_100_00L));
        var without = (await world.EarningsAsync(paused)).ShouldHaveSingleItem();
        (without.Tier, without.TierMotion, without.RateBasisPoints).ShouldBe((Tier.Registered, null, 500), "a motion that is not active counts for nothing");
        (await world.EarningsAsync(holder)).ShouldAllBe(e => e.TierMotion == Motion.Resell);

        using var pages = await helper.PagesAsync();
        (await pages.GetAsync($"/portal/earnings/{line.Id}")).Text.ShouldContain("Plan 1: influence at tier Silver, which the partner had in the motion Influence");
        (await pages.Http.GetStringAsync("/portal/earnings/export.csv")).ShouldContain(",Silver,Influence,1,");
        using var api = await helper.ApiAsync();
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/earnings/{line.Id}")).GetProperty("earning").GetProperty("tierMotion").GetString().ShouldBe("influence");
        var receipt = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/receipts?subject={line.Id}")).RootElement.GetProperty("items")[0].GetProperty("id").GetString();
        (await api.GetFromJsonAsync<JsonElement>($"/api/v1/receipts/{receipt}")).GetProperty("facts").EnumerateArray().Single(f => f.GetProperty("label").GetString() == "Motion").GetProperty("value").GetString().ShouldBe("Influence");
        pages.Http.DefaultRequestHeaders.Add("Accept-Language", "de");
        (await pages.GetAsync($"/portal/earnings/{line.Id}")).Text.ShouldContain("auf Stufe Silber, die der Partner in der Form der Zusammenarbeit");
    }
}
