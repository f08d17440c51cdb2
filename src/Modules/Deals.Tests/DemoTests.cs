using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Deals.Workspace;
using Xunit.Abstractions;

namespace Trellis.Deals.Tests;

public sealed class DemoTests(ITestOutputHelper output)
{
    [SkippableTheory, Databases]
    public async Task The_demo_tells_the_story_of_two_years(Database database)
    {
        await using var app = await TestApp.StartAsync(database);
        var tenant = Ids.New<TenantId>(DateTime.UtcNow);
        var actor = Actor.System(tenant);
        await new TestPersonless(app, actor).DoAsync(async work =>
        {
            var demo = new Demo(work, 20260101);
            return (await work.TransactAsync<Done>("demo.load", async () =>
            {
                foreach (var module in ((ModuleList)app.Services.GetService(typeof(ModuleList))!).Modules.TakeWhile(m => m.Name is not ("incentives" or "insights")))
                {
                    var (watch, used) = (System.Diagnostics.Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                    await module.DemoAsync(demo, default);
                    output.WriteLine($"{module.Name}: {watch.Elapsed.TotalSeconds:0.00} s, of the processor {(Environment.CpuUsage.TotalTime - used).TotalSeconds:0.00} s");
                }

                return default(Done);
            }, default)).Ok;
        });
        await new TestPersonless(app, actor).DoAsync(async work =>
        {
            var deals = await work.Db.Set<Deal>().AsNoTracking().ToListAsync();
            double Part(params DealState[] states) => (double)deals.Count(d => states.Contains(d.State)) / deals.Count;
            output.WriteLine(string.Join("\n", deals.GroupBy(d => d.State).OrderByDescending(g => g.Count()).Select(g => $"{g.Key}: {g.Count()}")));
            deals.Count.ShouldBeInRange(19_000, 21_000);
            (1 - Part(DealState.Rejected, DealState.InReview, DealState.InfoRequested)).ShouldBeInRange(0.65, 0.76, "approved");
            Part(DealState.Won).ShouldBeInRange(0.21, 0.29, "won");
            deals.Count(d => d.State == DealState.InReview).ShouldBeInRange(5, 40, "the review queue");
            var today = work.Today;
            // The clock ends them at twenty past midnight of the day after.
            deals.Count(d => d.State == DealState.Approved && d.ExpiresOn < DateOnly.FromDateTime(work.Now.AddMinutes(-20))).ShouldBe(0, "no protection stands beyond its day");
            deals.Count(d => d.State == DealState.Approved && d.ExpiresOn <= today.AddDays(30)).ShouldBeGreaterThan(20, "some expire soon");
            deals.ShouldAllBe(d => d.CreatedAt <= work.Now && (d.ClosedAt == null || d.ClosedAt <= work.Now));

            // One protection at a time for each customer and product.
            deals.Where(d => DealLifecycle.Claiming.Contains(d.State) && d.AccountId != null).GroupBy(d => (d.AccountId, d.ProductId)).ShouldAllBe(g => g.Count() == 1);
            var half = work.Now.AddYears(-1);
            deals.Count(d => d.CreatedAt > half).ShouldBeGreaterThan(deals.Count(d => d.CreatedAt <= half), "the business grows");

            var members = await work.Db.Set<DealMemberRow>().ToListAsync();
            ((double)members.Count / deals.Count).ShouldBeInRange(0.07, 0.18, "deals with a second partner");
            members.GroupBy(m => m.DealId).ShouldAllBe(g => g.Sum(m => m.ShareBasisPoints) <= 10_000);

            (await work.Db.Set<DealTask>().Removed(work.Now).CountAsync()).ShouldBeGreaterThan(0, "something to put back");
            var rules = await work.Db.Set<RuleSet>().AsNoTracking().SingleAsync();
            foreach (var decision in await work.Db.Set<Decision>().AsNoTracking().OrderBy(d => d.Id).Take(300).ToListAsync()) decision.Replay(rules).ShouldBe(decision.Ruling);
            return true;
        });
    }

    /// <summary>Runs work of the system in a tenant that no test person belongs to.</summary>
    private sealed class TestPersonless(TestApp app, Actor actor)
    {
        public async Task DoAsync(Func<Work, Task<bool>> act)
        {
            await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(app.Services);
            var services = scope.ServiceProvider;
            ((CurrentActor)services.GetService(typeof(CurrentActor))!).Actor = actor;
            await act((Work)services.GetService(typeof(Work))!);
        }
    }
}
