using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Insights.Flow;
using Trellis.Insights.Forecasts;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class FlowTests
{
    [SkippableTheory, Databases]
    public async Task The_funnel_follows_registrations_to_their_ends_and_what_is_kept_by_day_equals_the_rows(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (one, two) = (await world.PartnerAsync(), await world.PartnerAsync(Motion.Referral));
        var deals = new List<DealId>();
        for (var i = 0; i < 6; i++) deals.Add(await world.RegisterAsync(one, 10_000_00));
        var other = await world.RegisterAsync(two, 20_000_00);
        for (var i = 0; i < 5; i++) await world.WinAsync(deals[i], 12_000_00);
        await world.CloseAsync(deals[5], "lose", new { text = "Chose another vendor." });
        await world.CloseAsync(other, "revoke", new { reason = "not_a_fit" });
        await SameAsync(world);

        using var staff = await world.Manager.ApiAsync();
        var all = (await staff.GetFromJsonAsync<JsonElement>("/api/v1/analytics/funnel")).GetProperty("now");
        (Number(all, "registered"), Number(all, "approved"), Number(all, "converted"), Number(all, "won"), Number(all, "lost"), Number(all, "revoked"), Number(all, "dropped")).ShouldBe((7, 7, 6, 5, 1, 1, 1));
        all.GetProperty("winRate").GetDouble().ShouldBe(5 / 6.0, 1e-9);
        all.GetProperty("conversionRate").GetDouble().ShouldBe(6 / 7.0, 1e-9);
        all.GetProperty("velocity").GetProperty("perDay").GetInt64().ShouldBe((long)Math.Round(6 * (5 / 6.0) * 12_000_00), "all on one day");
        (await staff.GetFromJsonAsync<JsonElement>("/api/v1/analytics/funnel?window=all")).GetProperty("now").GetProperty("velocity").GetProperty("perDay").GetInt64().ShouldBe((long)Math.Round(6 * (5 / 6.0) * 12_000_00));
        foreach (var (filter, registered) in new[] { ("motion=resell", 6), ("motion=referral", 1), ("motion=none", 0), ("tier=gold", 7), ("tier=silver", 0), ($"partner={one.Actor.Partner}", 6), ("window=last-year", 0) })
            Number((await staff.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/funnel?{filter}")).GetProperty("now"), "registered").ShouldBe(registered, filter);
        foreach (var step in FlowLook.Shown)
        {
            var rows = (await staff.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/funnel/rows?step={Words.Of(step)}")).GetProperty("items").GetArrayLength();
            rows.ShouldBe(Number(all, Words.Of(step)), Words.Of(step));
        }

        using var portal = await two.ApiAsync();
        var own = (await portal.GetFromJsonAsync<JsonElement>("/api/v1/analytics/funnel")).GetProperty("now");
        (Number(own, "registered"), Number(own, "won"), Number(own, "revoked")).ShouldBe((1, 0, 1));
        Number((await portal.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/funnel?partner={one.Actor.Partner}")).GetProperty("now"), "registered").ShouldBe(0, "another partner's are not its own");
        (await portal.GetFromJsonAsync<JsonElement>($"/api/v1/analytics/funnel/rows?step=registered&partner={one.Actor.Partner}")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await portal.GetAsync("/api/v1/analytics/funnel/rows?step=nonsense")).IsSuccessStatusCode.ShouldBeFalse();
        (await staff.GetAsync("/api/v1/analytics/funnel?motion=nonsense")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync("/app/analytics/funnel");
        page.Text.ShouldContain("83%");
        page.Text.ShouldContain("Not a measure of success by itself", Case.Insensitive);
        var won = (await pages.GetAsync($"/app/analytics/funnel/rows?step=won&partner={one.Actor.Partner}&motion=resell")).Text;
        foreach (var said in new[] { "12,000.00", "60,000", one.Actor.PartnerName!, "Resell", "5 deals" }) won.ShouldContain(said);
        (await pages.Http.GetStringAsync("/app/analytics/funnel/rows.csv?step=won")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(6);
        page.Document.QuerySelector("trellis-chart[type=rows] a[href*='step=won']").ShouldNotBeNull("the steps are a chart, whose table leads to the rows");
        (await pages.GetAsync("/app/analytics/metrics")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("K-56"), t => t.ShouldContain("K-47"));
        (await staff.GetFromJsonAsync<JsonElement>("/api/v1/metrics")).EnumerateArray().Select(m => m.GetProperty("id").GetString()).ShouldContain("K-28");
        using var mine = await two.PagesAsync();
        var funnel = await mine.GetAsync("/portal/performance/funnel");
        funnel.Text.ShouldContain("Too few to say");
        (await mine.GetAsync("/portal/performance/funnel/rows?step=registered")).Text.ShouldNotContain(one.Actor.PartnerName!);
    }

    [SkippableTheory, Databases]
    public async Task What_is_taken_back_leaves_the_funnel_and_what_comes_past_the_events_is_found_by_the_clock(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        var deal = await world.RegisterAsync(seller, 900_000_00);
        using var portal = await seller.ApiAsync();
        (await RowAsync(world, deal))!.State.ShouldBe(DealState.InReview);
        (await portal.PostAsJsonAsync($"/api/v1/deals/{deal}/recall", new { text = "Wrong amount." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await world.Tenant.App.DrainAsync();
        (await RowAsync(world, deal)).ShouldBeNull();
        (await world.Tenant.AsSystemAsync<Db, IReadOnlyList<DealId>>(db => KeepFlow.StaleAsync(db, default))).ShouldBeEmpty("a draft is no registration");
        await SameAsync(world);

        var sent = await world.RegisterAsync(seller, 10_000_00);
        await world.Tenant.AsSystemAsync<Db, Done>(async db =>
        {
            await db.Set<FlowRow>().Where(r => r.DealId == sent).ExecuteDeleteAsync();
            await db.Set<FlowDay>().ExecuteDeleteAsync();
            return default;
        });
        await world.Tenant.App.RunAsync<KeepFlow>();
        (await RowAsync(world, sent))!.State.ShouldBe(DealState.Approved);
        await SameAsync(world);
        (await world.Tenant.AsSystemAsync<Db, IReadOnlyList<DealId>>(db => KeepFlow.StaleAsync(db, default))).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_link_to_an_opportunity_is_a_step_of_its_own_day_and_the_deal_is_then_of_the_last_stage(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var deal = await world.RegisterAsync(await world.PartnerAsync(), 10_000_00);
        await world.ImportAsync("opportunities", $"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nOP-1,Sam Carter,Relay,,Engaging,{DateTime.UtcNow.AddDays(-4):yyyy-MM-dd},,\n");
        var opportunity = await world.Tenant.AsSystemAsync<Db, OpportunityId>(db => db.Set<OpportunityRow>().Select(o => o.Id).SingleAsync());
        (await RowAsync(world, deal))!.ConvertedOn.ShouldBeNull();
        await world.CloseAsync(deal, "convert", new { opportunity = opportunity.ToString() });
        var row = (await RowAsync(world, deal))!;
        (row.State, row.Linked, row.ConvertedOn).ShouldBe((DealState.Converted, true, DateOnly.FromDateTime(DateTime.UtcNow)));
        ForecastRules.StageAt(row, row.RegisteredOn.AddDays(1)).ShouldBe(ForecastStage.Opportunity);
        await SameAsync(world);
        await world.WinAsync(deal, 11_000_00);
        row = (await RowAsync(world, deal))!;
        (row.State, row.Linked, row.Amount, row.Expected).ShouldBe((DealState.Won, true, 11_000_00, 10_000_00));
        FlowRules.Steps(row).Select(s => s.Step).ShouldContain(FlowStep.Closed);
        await SameAsync(world);
    }

    [SkippableTheory, Databases]
    public async Task The_motions_of_a_figure_add_up_to_it_for_the_vendor_and_for_a_partner(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (one, two, adviser, integrator) = (await world.PartnerAsync(), await world.PartnerAsync(Motion.Referral), await world.PartnerAsync(Motion.Influence), await world.PartnerAsync(Motion.Deliver));
        foreach (var (seller, amount, won) in new[] { (one, 10_000_00L, true), (two, 20_000_00, true), (one, 7_000_00, false), (two, 5_000_00, false) })
        {
            var deal = await world.RegisterAsync(seller, amount);
            await world.JoinAsync(deal, adviser, 1_500);
            await world.JoinAsync(deal, integrator, 500, "deliver");
            if (won) await world.WinAsync(deal, amount + 1);
        }

        using var staff = await world.Manager.ApiAsync();
        using var guest = await adviser.ApiAsync();
        foreach (var metric in Metric.All)
        {
            foreach (var (api, person) in new[] { (staff, world.Manager), (guest, adviser) })
            {
                var figure = await world.FigureAsync(person, metric);
                var motions = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/metrics/{metric.Slug}/motions")).EnumerateArray().ToList();
                (motions.Sum(m => m.GetProperty("amount").GetInt64()), motions.Sum(m => m.GetProperty("deals").GetInt32())).ShouldBe((figure.Amount, figure.Deals), metric.Id);
                foreach (var motion in motions)
                {
                    var word = motion.GetProperty("motion").GetString();
                    (await api.GetFromJsonAsync<JsonElement>($"/api/v1/metrics/{metric.Slug}?motion={word}")).GetProperty("amount").GetInt64().ShouldBe(motion.GetProperty("amount").GetInt64(), $"{metric.Id} {word}");
                    var rows = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/metrics/{metric.Slug}/rows?motion={word}")).GetProperty("items").EnumerateArray().Sum(r => r.GetProperty("countedAmount").GetInt64());
                    rows.ShouldBe(motion.GetProperty("amount").GetInt64(), $"{metric.Id} {word}");
                }
            }
        }

        (await staff.GetFromJsonAsync<JsonElement>("/api/v1/metrics/k-01/motions")).EnumerateArray().Select(m => m.GetProperty("motion").GetString()).ShouldBe(["referral", "resell"]);
        foreach (var (api, role) in new[] { (staff, "deliver"), (guest, "influence") })
            (await api.GetFromJsonAsync<JsonElement>("/api/v1/metrics/k-02/motions")).EnumerateArray().Select(m => m.GetProperty("motion").GetString()).ShouldBe([role], "in the motion of a role, the first by name: the holder's is not told");
        foreach (var hidden in new[] { "resell", "referral" })
            (await guest.GetFromJsonAsync<JsonElement>($"/api/v1/metrics/k-02/rows?motion={hidden}")).GetProperty("items").GetArrayLength().ShouldBe(0);
        using var pages = await world.Manager.PagesAsync();
        foreach (var path in new[] { "/app/analytics", "/app/analytics/attribution" }) (await pages.GetAsync(path)).Text.ShouldContain("In which motion the partner registered the deal");
        (await pages.GetAsync("/app/analytics/rows?metric=k-01&motion=referral")).Text.ShouldContain("20,000.01");
        using var own = await one.PagesAsync();
        (await own.GetAsync("/portal/performance")).Text.ShouldContain("Resell");
    }

    private static int Number(JsonElement funnel, string name) => funnel.GetProperty(name).GetInt32();

    private static Task<FlowRow?> RowAsync(InsightsWorld world, DealId deal) => world.Tenant.AsSystemAsync<Db, FlowRow?>(db => db.Set<FlowRow>().AsNoTracking().SingleOrDefaultAsync(r => r.DealId == deal));

    private static async Task SameAsync(InsightsWorld world)
    {
        var (kept, counted) = await world.Tenant.AsSystemAsync<Db, (List<FlowDay>, IReadOnlyList<FlowDay>)>(async db =>
            (await db.Set<FlowDay>().AsNoTracking().Where(d => d.Deals != 0 || d.Amount != 0).ToListAsync(), FlowDays.Of(default, await db.Set<FlowRow>().AsNoTracking().ToListAsync())));
        Shown(kept).ShouldBe(Shown(counted));
    }

    private static List<string> Shown(IEnumerable<FlowDay> days) => [.. days.Select(d => $"{d.Day:yyyy-MM-dd} {d.Step} {d.Motion} {d.Tier} {d.Took} {d.Deals} {d.Amount}").Order(StringComparer.Ordinal)];
}
