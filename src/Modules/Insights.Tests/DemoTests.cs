using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Insights.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_company_tells_a_story_of_growth()
    {
        await using var app = await TestApp.StartAsync(Database.Sqlite);
        var tenant = Ids.New<TenantId>(DateTime.UtcNow);
        await app.LoadDemoAsync(tenant);
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
    }
}
