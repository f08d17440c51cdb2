using Microsoft.EntityFrameworkCore;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class OutboxTests
{
    [SkippableTheory, BothDatabases]
    public async Task Each_listener_hears_an_event_once_in_the_order_in_which_things_happened(Database database)
    {
        var app = await TrialHost.OfAsync<OutboxTests>(database);
        var tenant = await app.TenantAsync();
        var made = (await tenant.Administrator.MakeAsync("Lamp", events: 20)).Value;

        (await app.DispatchAsync()).ShouldBe(40);
        (await app.DispatchAsync()).ShouldBe(0);

        var effects = (await tenant.AllAsync<Effect>()).OrderBy(e => e.Id.Value).ToList();
        effects.ShouldAllBe(e => e.Thing == made.Id);
        effects.Where(e => e.Name != "stumbled").Select(e => e.Name).ShouldBe(Enumerable.Range(0, 20).Select(i => $"Lamp {i}"));
        effects.Count(e => e.Name == "stumbled").ShouldBe(20);
        (await tenant.AllAsync<OutboxRow>()).ShouldAllBe(o => o.State == DeliveryState.Delivered && o.LeasedUntil == null && o.Attempts == 1);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_failing_listener_leaves_no_effect_holds_up_nobody_and_is_parked_after_eight_tries(Database database)
    {
        var app = await TrialHost.OfAsync<OutboxTests>(database);
        var tenant = await app.TenantAsync();
        await tenant.Administrator.MakeAsync("stone");
        await tenant.Administrator.MakeAsync("Lamp");

        (await app.DispatchAsync()).ShouldBe(4);
        (await tenant.AllAsync<Effect>()).Select(e => e.Name).ShouldBe(["stone 0", "Lamp 0", "stumbled"], ignoreOrder: true);
        (await app.DispatchAsync()).ShouldBe(0, "it is not due again at once");

        var waits = new List<TimeSpan>();
        for (var i = 1; i < 8; i++)
        {
            var row = (await tenant.AllAsync<OutboxRow>()).Single(o => o.State == DeliveryState.Waiting);
            row.Attempts.ShouldBe(i);
            row.LastError!.ShouldStartWith("Stumbled over a stone");
            waits.Add(row.NextAttemptAt - app.Clock.GetUtcNow().UtcDateTime);
            app.Clock.Advance(waits[^1] + TimeSpan.FromMilliseconds(10));
            (await app.DispatchAsync()).ShouldBe(1);
        }

        waits.ShouldBe(waits.Order());
        waits[^1].ShouldBeGreaterThan(TimeSpan.FromMinutes(10));
        var parked = (await tenant.AllAsync<OutboxRow>()).Single(o => o.State == DeliveryState.Parked);
        (parked.Attempts, parked.Listener).ShouldBe((8, typeof(Stumble).FullName!));
        app.Clock.Advance(TimeSpan.FromDays(30));
        (await app.DispatchAsync()).ShouldBe(0);
        (await tenant.AllAsync<Effect>()).Count.ShouldBe(3);
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_dispatchers_at_once_deliver_each_event_once(Database database)
    {
        var app = await TrialHost.OfAsync<OutboxTests>(database);
        var tenant = await app.TenantAsync();
        foreach (var i in Enumerable.Range(0, 10)) await tenant.Administrator.MakeAsync($"Lamp {i}", events: 3);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.SecondDispatcher().DrainAsync(default))));
        await app.DispatchAsync();

        (await tenant.AllAsync<Effect>()).Count.ShouldBe(60);
        (await tenant.AllAsync<OutboxRow>()).ShouldAllBe(o => o.State == DeliveryState.Delivered);
    }

    [SkippableTheory, BothDatabases]
    public async Task After_a_crash_between_claim_and_delivery_the_lease_runs_out_and_it_is_delivered(Database database)
    {
        var app = await TrialHost.OfAsync<OutboxTests>(database);
        var tenant = await app.TenantAsync();
        await tenant.Administrator.MakeAsync("Lamp");
        using var crash = new CancellationTokenSource();
        tenant.Script().WhenHeard[tenant.Id] = async _ =>
        {
            await crash.CancelAsync();
            throw new OperationCanceledException(crash.Token);
        };
        await Should.ThrowAsync<OperationCanceledException>(() => app.SecondDispatcher().DrainAsync(crash.Token));
        tenant.Script().WhenHeard.Clear();

        await app.DispatchAsync();
        (await tenant.AllAsync<Effect>()).ShouldNotContain(e => e.Name == "Lamp 0", "the claim still stands");

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.DispatchAsync();
        (await tenant.AllAsync<Effect>()).Count(e => e.Name == "Lamp 0").ShouldBe(1);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_listener_that_outlives_its_lease_does_not_count_twice(Database database)
    {
        Skip.If(database == Database.Sqlite, "SQLite has one writer: nobody can claim while a listener writes.");
        var app = await TrialHost.OfAsync<OutboxTests>(database);
        var tenant = await app.TenantAsync();
        await tenant.Administrator.MakeAsync("Lamp");
        var heard = 0;
        tenant.Script().WhenHeard[tenant.Id] = async _ =>
        {
            if (Interlocked.Increment(ref heard) > 1) return;
            app.Clock.Advance(TimeSpan.FromMinutes(3));
            await app.SecondDispatcher().DrainAsync(default);
        };

        await app.DispatchAsync();

        heard.ShouldBe(2);
        (await tenant.AllAsync<Effect>()).Count(e => e.Name == "Lamp 0").ShouldBe(1);
        (await tenant.AllAsync<OutboxRow>()).ShouldAllBe(o => o.State == DeliveryState.Delivered);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_delivery_whose_listener_ends_the_process_every_time_is_parked_as_well(Database database)
    {
        var app = await TrialHost.OfAsync<OutboxTests>(database);
        var tenant = await app.TenantAsync();
        await tenant.Administrator.MakeAsync("Lamp");
        for (var i = 0; i < 8; i++)
        {
            using var crash = new CancellationTokenSource();
            tenant.Script().WhenHeard[tenant.Id] = async _ =>
            {
                await crash.CancelAsync();
                throw new OperationCanceledException(crash.Token);
            };
            await Should.ThrowAsync<OperationCanceledException>(() => app.SecondDispatcher().DrainAsync(crash.Token));
            app.Clock.Advance(TimeSpan.FromMinutes(3));
        }

        await app.DispatchAsync();
        (await tenant.AllAsync<OutboxRow>()).Single(o => o.Listener == typeof(NoteThing).FullName).State.ShouldBe(DeliveryState.Parked);
    }

    [SkippableTheory, BothDatabases]
    public async Task In_the_running_program_events_arrive_by_themselves(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database, background: true);
        var tenant = await app.TenantAsync();
        await Task.Delay(300);
        await tenant.Administrator.MakeAsync("Lamp");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while ((await tenant.AllAsync<Effect>()).Count < 2 && watch.Elapsed < TimeSpan.FromMinutes(1)) await Task.Delay(20);
        (await tenant.AllAsync<Effect>()).Count.ShouldBe(2);
    }
}
