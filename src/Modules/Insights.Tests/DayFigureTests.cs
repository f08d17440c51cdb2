using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class DayFigureTests
{
    [SkippableTheory, BothDatabases]
    public async Task The_figures_kept_by_day_are_those_of_the_rows_also_when_many_change_them_at_once(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (seller, adviser) = (await world.PartnerAsync(), await world.PartnerAsync(Motion.Influence));
        var deals = new List<DealId>();
        for (var i = 0; i < 4; i++) deals.Add(await world.RegisterAsync(seller, 10_000_00 + i));
        await SameAsync(world);

        // All of them change the same days.
        var chance = new Random(7);
        var touches = deals.Concat(deals).Select(d => (Deal: d, Days: chance.Next(0, 3), Kind: chance.Next(2) == 0 ? TouchKind.Advice : TouchKind.Workshop)).ToList();
        var done = await Task.WhenAll(touches.Select(t => world.TouchAsync(world.Manager, t.Deal, adviser.Actor.Partner, t.Kind, t.Days)));
        done.ShouldAllBe(r => r.Ok);
        await SameAsync(world);
        var open = await world.FigureAsync(world.Manager, Metric.InfluencedPipeline);
        (open.Amount, open.Deals).ShouldBe((40_000_06, 4));

        await world.JoinAsync(deals[0], adviser, 2_500);
        await world.WinAsync(deals[0], 12_345_67);
        await world.CloseAsync(deals[1], "lose", new { text = "Chose another vendor." });
        await SameAsync(world);
        (await world.TouchAsync(world.Manager, deals[2], adviser.Actor.Partner, evidence: " ")).Ok.ShouldBeFalse();
        await SameAsync(world);
        (await world.FigureAsync(world.Manager, Metric.InfluencedPipeline)).Deals.ShouldBe(2);
        (await world.FigureAsync(world.Manager, Metric.InfluencedCredited)).Amount.ShouldBe(3_086_42);

        (await adviser.DoAsync<Work, int>(w => w.Db.Set<DayFigure>().CountAsync())).ShouldBe(0, "what all partners bring together is the vendor's");
    }

    [SkippableTheory, Databases]
    public async Task A_win_that_was_none_counts_nowhere(Database database)
    {
        var world = await InsightsWorld.CreateAsync(database);
        var (seller, adviser) = (await world.PartnerAsync(), await world.PartnerAsync(Motion.Influence));
        var (won, other) = (await world.RegisterAsync(seller, 10_000_00), await world.RegisterAsync(seller, 20_000_00));
        await world.JoinAsync(won, adviser, 2_500);
        await world.JoinAsync(other, adviser, 2_500);
        await world.WinAsync(won, 40_000_00);
        await world.WinAsync(other, 20_000_00);
        (await world.FigureAsync(world.Manager, Metric.InfluencedCredited)).Amount.ShouldBe(15_000_00);
        await world.CloseAsync(won, "correct", new { text = "The order was of another company." });
        (await world.FigureAsync(world.Manager, Metric.InfluencedCredited)).Amount.ShouldBe(5_000_00);
        (await world.FigureAsync(world.Manager, Metric.InfluencedCredited, InsightsWorld.Year(seller.Actor.Partner))).Deals.ShouldBeLessThanOrEqualTo(1);
        await SameAsync(world);
    }

    private static async Task SameAsync(InsightsWorld world)
    {
        var (kept, counted) = await world.Tenant.AsSystemAsync<Db, (List<DayFigure>, IReadOnlyList<DayFigure>)>(async db =>
        {
            var credits = await db.Set<Credit>().AsNoTracking().ToListAsync();
            return (await db.Set<DayFigure>().AsNoTracking().Where(d => d.Deals != 0 || d.Amount != 0).ToListAsync(), DayFigures.Of(default, credits));
        });
        Shown(kept).ShouldBe(Shown(counted));
        counted.ShouldNotBeEmpty();
    }

    private static List<string> Shown(IEnumerable<DayFigure> days) => [.. days.Select(d => $"{d.Model} {d.Metric} {d.Day:yyyy-MM-dd} {d.Month} {d.Amount} {d.Deals}").Order(StringComparer.Ordinal)];
}
