using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

/// <summary>Work that is stopped, killed, silent for long, or taken over: recurring jobs and those that people start.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan TakenOver = TimeSpan.FromMinutes(2);

    [SkippableTheory, BothDatabases]
    public async Task A_recurring_job_that_a_stop_interrupts_runs_again_at_once_however_often(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var (tenant, schedule) = await DueAsync(app);
        var starts = 0;
        for (var i = 0; i < 6; i++)
        {
            using var stop = new CancellationTokenSource();
            tenant.Script().Tick[tenant.Id] = async ct =>
            {
                starts++;
                await stop.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return default(Done);
            };
            await Should.ThrowAsync<OperationCanceledException>(() => schedule.RunDueAsync(stop.Token));
        }

        starts.ShouldBe(6);
        (await TickAsync(tenant)).ShouldSatisfyAllConditions(r => r.LeasedUntil.ShouldBeNull(), r => r.Attempts.ShouldBe(0), r => r.Paused.ShouldBeFalse());
        var ran = false;
        tenant.Script().Tick[tenant.Id] = _ => Said(() => ran = true);
        await schedule.RunDueAsync(default);
        ran.ShouldBeTrue();
        (await TickAsync(tenant)).NextAt.ShouldBeGreaterThan(app.Clock.GetUtcNow().UtcDateTime);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_recurring_job_of_a_node_that_was_killed_is_taken_over_within_two_minutes(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var (tenant, schedule) = await DueAsync(app);
        var killed = await HangAsync(tenant, app.Killed<Schedule>());
        var starts = 0;
        tenant.Script().Tick[tenant.Id] = _ => Said(() => starts++);

        await schedule.RunDueAsync(default);
        starts.ShouldBe(0, "the claim still stands");
        app.Clock.Advance(TakenOver);
        await schedule.RunDueAsync(default);
        starts.ShouldBe(1);

        // What was thought dead comes back: the row is not its own any more.
        var after = await TickAsync(tenant);
        killed.Go.SetResult(new Problem(ProblemKind.Conflict, "late", "Too late."));
        await killed.Run;
        (await TickAsync(tenant)).ShouldSatisfyAllConditions(r => r.LastError.ShouldBeNull(), r => r.FinishedAt.ShouldBe(after.FinishedAt), r => r.NextAt.ShouldBe(after.NextAt));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_recurring_job_that_never_comes_back_is_set_aside(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var (tenant, schedule) = await DueAsync(app);
        for (var i = 0; i < 4; i++)
        {
            await HangAsync(tenant, app.Killed<Schedule>());
            app.Clock.Advance(TakenOver);
        }

        var ran = false;
        tenant.Script().Tick[tenant.Id] = _ => Said(() => ran = true);
        await schedule.RunDueAsync(default);
        ran.ShouldBeFalse();
        (await TickAsync(tenant)).ShouldSatisfyAllConditions(r => r.Paused.ShouldBeTrue(), r => r.LastError.ShouldNotBeNull());
    }

    [SkippableTheory, BothDatabases]
    public async Task A_recurring_job_that_takes_long_keeps_its_claim_and_no_other_waits_for_it(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var (tenant, schedule) = await DueAsync(app);
        var long_ = await HangAsync(tenant, schedule);
        var row = await TickAsync(tenant);
        await BeatAsync(app, async () => (await TickAsync(tenant)).LeasedUntil);

        var since = app.Clock.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await ActivatorUtilities.CreateInstance<Schedule>(app.Services).RunDueAsync(default);
        var others = await tenant.AsSystemAsync<Db, List<ScheduleRow>>(db => db.Set<ScheduleRow>().AsNoTracking().Where(r => r.FinishedAt >= since).ToListAsync());
        others.Select(o => o.Name).ShouldContain("receipts.seal");
        (await TickAsync(tenant)).StartedAt.ShouldBe(row.StartedAt);
        long_.Go.SetResult(default(Done));
        await long_.Run;
        (await TickAsync(tenant)).LeasedUntil.ShouldBeNull();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_refusal_in_a_recurring_job_is_shown_and_the_other_tenants_have_their_turn(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var (tenant, schedule) = await DueAsync(app);
        var other = await app.TenantAsync();
        var ticks = 0;
        tenant.Script().Tick[tenant.Id] = _ => Task.FromResult<Result<Done>>(new Problem(ProblemKind.Conflict, "trial.stuck", "The trial is stuck."));
        tenant.Script().Tick[other.Id] = _ => Said(() => ticks++);

        await schedule.RunDueAsync(default);

        ticks.ShouldBe(1);
        (await TickAsync(tenant)).ShouldSatisfyAllConditions(r => r.LastError.ShouldBe("trial.stuck: The trial is stuck."), r => r.Paused.ShouldBeFalse(), r => r.Attempts.ShouldBe(0));
        tenant.Script().Tick[tenant.Id] = _ => Said(() => { });
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await schedule.RunDueAsync(default);
        (await TickAsync(tenant)).LastError.ShouldBeNull();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_job_that_a_stop_interrupts_waits_for_the_next_node_however_often(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var tenant = await QueuedAsync(app);
        for (var i = 0; i < 6; i++)
        {
            using var stop = new CancellationTokenSource();
            tenant.Script().Job[tenant.Id] = async _ =>
            {
                await stop.CancelAsync();
                throw new OperationCanceledException(stop.Token);
            };
            await Should.ThrowAsync<OperationCanceledException>(() => app.SecondRunner().DrainAsync(stop.Token));
        }

        (await JobAsync(tenant)).ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Queued), j => j.Attempts.ShouldBe(0));
        tenant.Script().Job[tenant.Id] = _ => Task.FromResult<Result<string>>("At last.");
        (await app.SecondRunner().DrainAsync(default)).ShouldBe(1);
        (await JobAsync(tenant)).Message.ShouldBe("At last.");
    }

    [SkippableTheory, BothDatabases]
    public async Task A_job_of_a_node_that_died_starts_again_soon_and_only_the_second_run_writes_the_end(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var tenant = await QueuedAsync(app);
        var (go, run) = await HangAsync(tenant, app.Killed<JobRunner>());
        tenant.Script().Job[tenant.Id] = _ => Task.FromResult<Result<string>>("At last.");

        (await app.SecondRunner().DrainAsync(default)).ShouldBe(0, "the claim still stands");
        app.Clock.Advance(TakenOver);
        (await app.SecondRunner().DrainAsync(default)).ShouldBe(1);
        go.SetResult("The first run.");
        await run;
        (await JobAsync(tenant)).Message.ShouldBe("At last.");
    }

    [SkippableTheory, BothDatabases]
    public async Task A_run_that_was_taken_over_is_told_to_stop_when_it_reports_and_overwrites_nothing(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var tenant = await QueuedAsync(app);
        bool? goesOn = null;
        var go = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        tenant.Script().Job[tenant.Id] = async progress =>
        {
            started.SetResult();
            await go.Task;
            goesOn = await progress.TellAsync(1, 2, "late");
            return "The first run.";
        };
        var run = Task.Run(() => app.Killed<JobRunner>().DrainAsync(default));
        await started.Task;
        app.Clock.Advance(TakenOver);
        tenant.Script().Job[tenant.Id] = _ => Task.FromResult<Result<string>>("At last.");
        await app.SecondRunner().DrainAsync(default);
        go.SetResult();
        await run;

        goesOn.ShouldBe(false);
        (await JobAsync(tenant)).ShouldSatisfyAllConditions(j => j.Message.ShouldBe("At last."), j => j.State.ShouldBe(JobState.Succeeded), j => j.Done.ShouldBe(0));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_job_that_is_silent_for_long_is_not_started_a_second_time(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var tenant = await QueuedAsync(app);
        var (go, run) = await HangAsync(tenant, app.SecondRunner());
        await BeatAsync(app, async () => (await JobAsync(tenant)).LeasedUntil);

        (await app.SecondRunner().DrainAsync(default)).ShouldBe(0);
        go.SetResult("Once.");
        await run;
        (await JobAsync(tenant)).ShouldSatisfyAllConditions(j => j.Message.ShouldBe("Once."), j => j.Attempts.ShouldBe(1));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_job_that_ends_the_process_every_time_is_parked(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database);
        var tenant = await QueuedAsync(app);
        for (var i = 0; i < JobRunner.MostAttempts; i++)
        {
            await HangAsync(tenant, app.Killed<JobRunner>());
            app.Clock.Advance(TakenOver);
        }

        (await app.SecondRunner().DrainAsync(default)).ShouldBe(0);
        (await JobAsync(tenant)).State.ShouldBe(JobState.Parked);
    }

    // Ten minutes in small steps; whatever is renewed by the clock has time to do so.
    private static async Task BeatAsync(TestApp app, Func<Task<DateTime?>> leasedUntil)
    {
        for (var i = 0; i < 60; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(10));
            for (var look = 0; look < 400 && await leasedUntil() < app.Clock.GetUtcNow().UtcDateTime.AddSeconds(45); look++) await Task.Delay(25);
        }

        (await leasedUntil()).ShouldNotBeNull().ShouldBeGreaterThan(app.Clock.GetUtcNow().UtcDateTime);
    }

    private static Task<Result<Done>> Said(Action act)
    {
        act();
        return Task.FromResult<Result<Done>>(default(Done));
    }

    private static async Task<(TestTenant Tenant, Schedule Schedule)> DueAsync(TestApp app)
    {
        var tenant = await app.TenantAsync();
        var schedule = app.Services.GetRequiredService<Schedule>();
        await schedule.RunDueAsync(default);
        app.Clock.Advance(TimeSpan.FromDays(1));
        return (tenant, schedule);
    }

    private static async Task<TestTenant> QueuedAsync(TestApp app)
    {
        var tenant = await app.TenantAsync();
        await tenant.AsAsync<IServiceProvider, Result<JobId>>(tenant.Administrator.Actor, services =>
            services.GetRequiredService<Work>().TransactAsync<JobId>("trial.start", () => Task.FromResult<Result<JobId>>(services.GetRequiredService<Jobs>().Start("trial.count", "x")), default));
        return tenant;
    }

    // Runs until the test lets it go.
    private static async Task<(TaskCompletionSource<Result<Done>> Go, Task Run)> HangAsync(TestTenant tenant, Schedule schedule)
    {
        var (go, started) = (new TaskCompletionSource<Result<Done>>(), new TaskCompletionSource());
        tenant.Script().Tick[tenant.Id] = _ =>
        {
            started.SetResult();
            return go.Task;
        };
        var run = Task.Run(() => schedule.RunDueAsync(default));
        await Task.WhenAny(started.Task, run);
        return (go, run);
    }

    private static async Task<(TaskCompletionSource<Result<string>> Go, Task Run)> HangAsync(TestTenant tenant, JobRunner runner)
    {
        var (go, started) = (new TaskCompletionSource<Result<string>>(), new TaskCompletionSource());
        tenant.Script().Job[tenant.Id] = _ =>
        {
            started.SetResult();
            return go.Task;
        };
        var run = Task.Run(() => runner.DrainAsync(default));
        await Task.WhenAny(started.Task, run);
        return (go, run);
    }

    private static Task<ScheduleRow> TickAsync(TestTenant tenant) => tenant.AsSystemAsync<Db, ScheduleRow>(db => db.Set<ScheduleRow>().AsNoTracking().SingleAsync(s => s.Name == "trial.tick"));

    private static async Task<JobRow> JobAsync(TestTenant tenant) => (await tenant.AllAsync<JobRow>()).Single();
}
