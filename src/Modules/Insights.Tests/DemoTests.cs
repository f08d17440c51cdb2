using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;
using Trellis.Insights.Drops;
using Trellis.Insights.Flow;
using Trellis.Insights.Forecasts;

namespace Trellis.Insights.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_company_tells_a_story_of_growth()
    {
        await using var app = await TestApp.StartWithDemoAsync(Database.Sqlite);
        var tenant = DemoPeople.Tenant;
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var work = scope.ServiceProvider.GetRequiredService<Work>();

        var board = await Dashboard.ReadAsync(work, new Scope(Window.Parse(null, null, null, work.Today)), default);

        board.Figures.ShouldAllBe(f => f.Now.Amount > 0 && f.Now.Deals > 0);
        board.Figures[0].Change!.Value.ShouldBeGreaterThan(0.05, "partner-sourced revenue grows");
        board.Sourced.Count.ShouldBeInRange(12, 13);
        board.Sourced.ShouldAllBe(m => m.Amount > 0);
        var top = await PartnerBoard.TopAsync(work, new Scope(Window.Parse(null, null, null, work.Today)), 15, default);
        top.Count.ShouldBe(15);
        top.ShouldContain(p => p.Credited.Max() != p.Credited.Min(), "the models disagree about somebody");

        var funnel = await Funnel.ReadAsync(work, new FunnelScope(Window.Parse(null, null, null, work.Today)), default);
        new[] { funnel.Now.ApprovalRate, funnel.Now.ConversionRate, funnel.Now.WinRate }.ShouldAllBe(r => r > 0.2 && r < 0.95);
        funnel.Now.Stages.ShouldAllBe(s => s.MedianDays != null);
        funnel.Now.Velocity.PerDay!.Value.ShouldBeGreaterThan(0);
        (await Figures.ByMotionAsync(work, Metric.Sourced, new Scope(Window.Parse(null, null, null, work.Today)), default)).Count.ShouldBeGreaterThan(1);
        var forecast = (await ComputeForecast.LastAsync(work, default))!;
        forecast.Enough.ShouldBeTrue();
        forecast.Lines.Count(l => l.Month is not null && l.Expected.Value > 0).ShouldBeGreaterThan(1, string.Join(" ", forecast.Lines.Select(l => $"{l.When}:{l.Expected.Deals}")));
        forecast.Quarters.ShouldAllBe(q => q.Expected != null && q.Came > 0);
        (await AlertList.PageAsync(work, null, null, new Paging(), default)).Items.ShouldNotBeEmpty(string.Join(" ", (await WatchRegistrations.CountAsync(work, default)).Counts.Values.OrderByDescending(c => c.Before).Take(25).Select(c => $"{c.Before}/{c.Now}")));
    }
}
