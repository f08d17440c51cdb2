using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity;
using Trellis.Insights.Flow;
using Trellis.Partners.Published;

namespace Trellis.Insights.Tests;

public sealed class AchievementTests
{
    [SkippableTheory, Databases]
    public async Task What_segments_are_told_of_a_partner_is_what_its_own_figures_say(Database database)
    {
        await using var app = await TestApp.StartWithDemoAsync(database);
        var tenant = DemoPeople.Tenant;
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var told = await new PartnerAchievements(work).LastYearAsync(default);
        told.Count.ShouldBeGreaterThan(50);
        told.ShouldContain(t => t.WinBasisPoints != null);
        var window = Window.Parse(null, null, null, work.Today);
        foreach (var partner in told.OrderBy(t => t.Partner.Value).Where((_, i) => i % 5 == 0))
        {
            var funnel = (await Funnel.ReadAsync(work, new FunnelScope(window, partner.Partner), default)).Now;
            var sourced = await Figures.OfAsync(work, Metric.Sourced, new Scope(window, partner.Partner), default);
            (partner.Registrations, partner.WonAmount, partner.WinBasisPoints).ShouldBe((funnel.Registered, sourced.Amount, funnel.WinRate is { } rate ? (int)Math.Round(rate * 10_000) : (int?)null));
        }
    }
}
