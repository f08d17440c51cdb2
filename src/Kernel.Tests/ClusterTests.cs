using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

/// <summary>Two hosts over one PostgreSQL database.</summary>
public sealed class ClusterTests
{
    [SkippableTheory, BothDatabases]
    public async Task Two_hosts_deliver_each_event_once_and_run_each_job_once(Database database)
    {
        Skip.If(database == Database.Sqlite, "SQLite lives in one process.");
        await using var first = await TrialHost.OwnAsync(database);
        await using var second = await first.SecondAsync(new TrialModule());
        var tenant = await first.TenantAsync();
        foreach (var i in Enumerable.Range(0, 20)) await tenant.Administrator.MakeAsync($"Lamp {i}", events: 3);

        await Task.WhenAll(new[] { first, second, first, second }.Select(app => Task.Run(() => ActivatorUtilities.CreateInstance<Dispatcher>(app.Services).DrainAsync(default))));

        (await tenant.AllAsync<Effect>()).Count.ShouldBe(120);
        (await tenant.AllAsync<OutboxRow>()).ShouldAllBe(o => o.State == DeliveryState.Delivered);

        var ticks = 0;
        foreach (var app in new[] { first, second })
        {
            app.Services.GetRequiredService<Script>().Tick[tenant.Id] = _ =>
            {
                Interlocked.Increment(ref ticks);
                return Task.FromResult<Result<Done>>(default(Done));
            };
            await app.Services.GetRequiredService<Schedule>().RunDueAsync(default);
            ticks.ShouldBe(0, "it is not due before its first interval is over");
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        await Task.WhenAll(new[] { first, second }.Select(app => Task.Run(() => app.Services.GetRequiredService<Schedule>().RunDueAsync(default))));
        ticks.ShouldBe(1);
    }

    [SkippableTheory, BothDatabases]
    public async Task What_one_host_has_changed_the_pages_of_another_hear(Database database)
    {
        Skip.If(database == Database.Sqlite, "SQLite lives in one process.");
        await using var first = await TrialHost.OwnAsync(database, background: true);
        var connection = first.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["TRELLIS_DATABASE"];
        await using var second = await TestApp.StartAsync(database, true, [$"--TRELLIS_DATABASE={connection}"], new TrialModule());
        using var there = second.Services.GetRequiredService<Signals>().Watch("record-one");
        using var other = second.Services.GetRequiredService<Signals>().Watch("record-two");
        IReadOnlyCollection<string> heard = [];
        // The second host may not listen yet: what nobody hears is lost, as it may be.
        for (var i = 0; i < 40 && heard.Count == 0; i++)
        {
            first.Services.GetRequiredService<Signals>().Tell("record-one");
            heard = await there.NextAsync(TimeSpan.FromMilliseconds(500), default);
        }

        heard.ShouldBe(["record-one"]);
        (await other.NextAsync(TimeSpan.Zero, default)).ShouldBeEmpty();
    }
}
