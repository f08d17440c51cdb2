using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel.Tests.Trial;

namespace Trellis.Kernel.Tests;

public sealed class JobsTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_job_runs_once_tells_how_far_it_is_and_how_it_ended(Database database)
    {
        var (app, tenant) = await OwnAsync(database);
        tenant.Script().Job[tenant.Id] = async progress =>
        {
            (await progress.TellAsync(3, 10, "rows")).ShouldBeTrue();
            var row = (await tenant.AllAsync<JobRow>()).Single();
            (row.State, row.Done, row.Total, row.Message).ShouldBe((JobState.Running, 3, 10, "rows"));
            return "All well.";
        };
        await StartAsync(tenant);

        (await Runner(app).DrainAsync(default)).ShouldBe(1);
        (await Runner(app).DrainAsync(default)).ShouldBe(0);

        var job = (await tenant.AllAsync<JobRow>()).Single();
        (job.State, job.Message, job.StartedByName, job.LeasedUntil).ShouldBe((JobState.Succeeded, "All well.", "Ada Admin", null));
        job.FinishedAt.ShouldNotBeNull();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_refusal_or_a_fault_is_told_and_the_next_job_runs(Database database)
    {
        var (app, tenant) = await OwnAsync(database);
        var results = new Queue<Func<Result<string>>>([() => Problem.Missing("file"), () => throw new InvalidOperationException("secret detail"), () => new string('x', 10_000), () => "a\0b"]);
        tenant.Script().Job[tenant.Id] = _ => Task.FromResult(results.Dequeue()());
        for (var i = 0; i < 4; i++) await StartAsync(tenant);

        (await Runner(app).DrainAsync(default)).ShouldBe(4);

        var jobs = (await tenant.AllAsync<JobRow>()).OrderBy(j => j.Id.Value).ToList();
        jobs.Select(j => j.State).ShouldBe([JobState.Failed, JobState.Failed, JobState.Succeeded, JobState.Succeeded]);
        jobs[0].Message.ShouldBe("There is no such file.");
        jobs[1].Message!.ShouldNotContain("secret");
        jobs[2].Message!.Length.ShouldBeInRange(1000, 4000);
    }

    [SkippableTheory, BothDatabases]
    public async Task Who_asks_a_job_to_stop_is_obeyed(Database database)
    {
        var (app, tenant) = await OwnAsync(database);
        tenant.Script().Job[tenant.Id] = async progress =>
        {
            await tenant.AsSystemAsync<Db, int>(db => db.Set<JobRow>().ExecuteUpdateAsync(s => s.SetProperty(j => j.CancelWanted, true)));
            return await progress.TellAsync(1, 2) ? "never" : new Problem(ProblemKind.Conflict, "stopped", "Stopped after 1 row.");
        };
        await StartAsync(tenant);

        await Runner(app).DrainAsync(default);

        var job = (await tenant.AllAsync<JobRow>()).Single();
        (job.State, job.Message).ShouldBe((JobState.Cancelled, "Stopped after 1 row."));
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_runners_share_the_jobs_and_run_none_twice(Database database)
    {
        var (app, tenant) = await OwnAsync(database);
        var runs = 0;
        tenant.Script().Job[tenant.Id] = _ =>
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult<Result<string>>("done");
        };
        for (var i = 0; i < 20; i++) await StartAsync(tenant);

        var ran = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => app.SecondRunner().DrainAsync(default))));

        ran.Sum().ShouldBe(20);
        runs.ShouldBe(20);
    }

    [SkippableTheory, BothDatabases]
    public async Task One_tenants_fault_in_work_by_the_clock_does_not_stop_the_others(Database database)
    {
        var (app, first) = await OwnAsync(database);
        var second = await app.TenantAsync();
        var ticks = 0;
        foreach (var tenant in new[] { first, second })
        {
            tenant.Script().Tick[tenant.Id] = _ =>
            {
                ticks++;
                return tenant == first ? throw new InvalidOperationException("Broken tenant.") : Task.FromResult<Result<Done>>(default(Done));
            };
        }

        await Should.ThrowAsync<AggregateException>(() => app.RunAsync<Tick>());

        ticks.ShouldBe(2);
    }

    [SkippableTheory, BothDatabases]
    public async Task In_the_running_program_a_job_starts_as_soon_as_it_is_saved(Database database)
    {
        await using var app = await TrialHost.OwnAsync(database, background: true);
        var tenant = await app.TenantAsync();
        tenant.Script().Job[tenant.Id] = _ => Task.FromResult<Result<string>>("done");
        await Task.Delay(300);
        await tenant.AsAsync<Work, Result<Done>>(tenant.Administrator.Actor, w => w.TransactAsync<Done>("trial.start", async () =>
        {
            new Jobs(w, app.Services.GetRequiredService<Wake>()).Start("trial.count", "x");
            await Task.Delay(200);
            return default(Done);
        }, default));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while ((await tenant.AllAsync<JobRow>()).Single().State != JobState.Succeeded && watch.Elapsed < TimeSpan.FromMinutes(1)) await Task.Delay(20);
        (await tenant.AllAsync<JobRow>()).Single().State.ShouldBe(JobState.Succeeded);
    }

    private static async Task<(TestApp App, TestTenant Tenant)> OwnAsync(Database database)
    {
        var app = await TrialHost.OfAsync<JobsTests>(database);
        return (app, await app.TenantAsync());
    }

    private static JobRunner Runner(TestApp app) => app.Services.GetRequiredService<JobRunner>();

    private static Task<Result<JobId>> StartAsync(TestTenant tenant) => tenant.AsAsync<IServiceProvider, Result<JobId>>(tenant.Administrator.Actor, services =>
        services.GetRequiredService<Work>().TransactAsync<JobId>("trial.start", () => Task.FromResult<Result<JobId>>(services.GetRequiredService<Jobs>().Start("trial.count", "x")), default));
}
