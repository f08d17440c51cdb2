using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Insights.Flow;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class PartnerMotionTests
{
    [SkippableTheory, Databases]
    public async Task A_deal_counts_under_the_motion_in_which_it_was_registered_and_no_other_one(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (person, stranger) = (await world.PartnerAsync(Motion.CoSell), await world.PartnerAsync(Motion.Resell));
        var partner = person.Actor.Partner!.Value;
        var won = await world.RegisterAsync(person, 12_000_00);
        await world.RegisterAsync(person, 7_000_00);
        await world.WinAsync(won, 11_000_00);
        using var api = await world.Manager.ApiAsync();
        var motions = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partner}/motions");
        var sell = motions.EnumerateArray().Single(m => m.GetProperty("standing").GetProperty("motion").GetString() == "co_sell").GetProperty("figures");
        (sell.GetProperty("open").GetInt32(), sell.GetProperty("openAmount").GetInt64(), sell.GetProperty("won").GetInt32(), sell.GetProperty("wonAmount").GetInt64()).ShouldBe((1, 7_000_00, 1, 11_000_00));
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync($"/app/partners/{partner}")).Text.ShouldContain("Open deals");
        (await stranger.DoAsync<IEnumerable<IMotionFigures>, IReadOnlyList<MotionFigure>>(s => s.Single().OfAsync(partner, default))).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_deal_of_a_partner_with_several_motions_counts_under_the_one_that_it_names(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var person = await world.PartnerAsync(also: Motion.Referral);
        await world.RegisterAsync(person, 7_000_00);
        await world.WinAsync(await world.RegisterAsync(person, 12_000_00, Motion.Referral), 11_000_00);
        var figures = await world.Manager.DoAsync<IEnumerable<IMotionFigures>, IReadOnlyList<MotionFigure>>(s => s.Single().OfAsync(person.Actor.Partner!.Value, default));
        figures.OrderBy(f => f.Motion).ShouldBe([new MotionFigure(Motion.Resell, 1, 7_000_00, 0, 0), new MotionFigure(Motion.Referral, 0, 0, 1, 11_000_00)]);
        using var api = await world.Manager.ApiAsync();
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/metrics/sourced-revenue/motions")).EnumerateArray().Select(m => (m.GetProperty("motion").GetString(), m.GetProperty("amount").GetInt64())).ShouldBe([("referral", 11_000_00)]);
        (await api.GetFromJsonAsync<JsonElement>("/api/v1/metrics/resold-revenue/motions")).GetArrayLength().ShouldBe(0, "a referred deal is not on the partner's paper, though it resells, too");
    }

    [Fact]
    public void Every_role_on_a_deal_belongs_to_a_motion()
    {
        foreach (var role in Enum.GetValues<DealRole>()) PartnerMotions.MotionOf(role);
        PartnerMotions.MotionOf(DealRole.Integrate).ShouldBe(Motion.Deliver);
    }
}
