using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests;

public sealed class MotionFigureTests
{
    [SkippableTheory, Databases]
    public async Task A_deal_counts_under_the_selling_motion_of_its_partner_and_no_other_one(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var person = await world.PartnerAsync("Figured", motions: [Motion.CoSell, Motion.Influence]);
        var partner = person.Actor.Partner!.Value;
        await world.RegisterAsync(person, world.Fields("Customer of figures", amount: 12_000_00));
        using var api = await world.Manager.ApiAsync();
        var motions = await api.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partner}/motions");
        var sell = motions.EnumerateArray().Single(m => m.GetProperty("standing").GetProperty("motion").GetString() == "co_sell").GetProperty("figures");
        (sell.GetProperty("open").GetInt32(), sell.GetProperty("openAmount").GetInt64(), sell.GetProperty("won").GetInt32()).ShouldBe((1, 12_000_00, 0));
        motions.EnumerateArray().Single(m => m.GetProperty("standing").GetProperty("motion").GetString() == "influence").TryGetProperty("figures", out var none).ShouldBe(none.ValueKind == JsonValueKind.Null);
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync($"/app/partners/{partner}")).Text.ShouldContain("Open deals");

        var stranger = await world.PartnerAsync("Stranger", motions: [Motion.CoSell]);
        (await stranger.DoAsync<IEnumerable<IMotionFigures>, IReadOnlyList<MotionFigure>>(s => s.First().OfAsync(partner, default))).ShouldBeEmpty();
        var load = await api.GetFromJsonAsync<JsonElement>("/api/v1/partner-workload");
        load.GetProperty("waiting")[0].GetString().ShouldBe("Registrations in review");
    }

    [Theory]
    [InlineData(DealRole.Influence, Motion.Influence)]
    [InlineData(DealRole.Resell, Motion.Resell)]
    [InlineData(DealRole.Deliver, Motion.Deliver)]
    [InlineData(DealRole.Retain, Motion.Retain)]
    [InlineData(DealRole.Source, Motion.CoSell)]
    public void A_part_in_a_deal_counts_under_the_motion_of_its_role(DealRole role, Motion motion) =>
        DealMotionFigures.MotionOf(role, [Motion.Marketplace, Motion.CoSell, Motion.Deliver]).ShouldBe(motion);
}

public sealed class DecideByTests
{
    [Theory]
    [InlineData(2, null, 48)]
    [InlineData(2, 12, 12)]
    [InlineData(2, 400, 48)]
    public void A_decision_is_promised_by_the_shorter_of_company_and_segment(int days, int? hours, int expected)
    {
        // A Monday morning: nothing is off before Wednesday.
        var monday = new DateTime(2026, 6, 8, 9, 0, 0, DateTimeKind.Utc);
        DecideBy.Of(WorkCalendar.Standard, monday, days, hours).ShouldBe(monday.AddHours(expected));
    }
}
