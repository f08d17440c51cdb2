using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trellis.Kernel;

/// <summary>Long work that a person starts and watches.</summary>
public interface IJob
{
    /// <summary>Runs outside any transaction; opens its own. Must be repeatable: after a crash it starts again.</summary>
    Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct);
}

/// <summary>Work by the clock, run once for each tenant.</summary>
public interface IRecurring
{
    /// <summary>A refusal is shown to who watches over the work in the background; the next turn comes all the same. One refused thing must not keep the others from their turn.</summary>
    Task<Result<Done>> RunAsync(CancellationToken ct);
}

/// <summary>Names a job.</summary>
public readonly record struct JobId(Guid Value) : ITypedId<JobId>
{
    public static string Prefix => "job";
    public static JobId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out JobId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where a job stands.</summary>
public enum JobState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>Started several times without ever coming back: it is left alone until a person says otherwise.</summary>
    Parked,
}

/// <summary>A job as it is stored, with its progress.</summary>
public sealed class JobRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public JobId Id { get; init; }
    public required string Kind { get; init; }
    public required string Payload { get; init; }
    public JobState State { get; set; }
    public long Done { get; set; }
    public long Total { get; set; }
    public string? Message { get; set; }
    public PersonId StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
    public DateTime? LeasedUntil { get; set; }
    public bool CancelWanted { get; set; }

    /// <summary>How often it was started; counted before it runs, so that one which ends the process is not tried for ever.</summary>
    public int Attempts { get; set; }
}

/// <summary>Tells how far a job has come, and whether it should stop.</summary>
public sealed class JobProgress(Func<long, long, string?, Task<bool>> tell)
{
    /// <summary>Stores the progress; call it between transactions, never inside one. False when a person has asked the job to stop.</summary>
    public Task<bool> TellAsync(long done, long total, string? message = null) => tell(done, total, message);
}

/// <summary>Queues jobs.</summary>
public sealed class Jobs(Work work, Wake wake)
{
    /// <summary>Queues a job inside the open transaction; it starts after the commit.</summary>
    public JobId Start<T>(string kind, T payload)
    {
        var row = new JobRow
        {
            TenantId = work.Tenant,
            Id = work.NewId<JobId>(),
            Kind = kind,
            Payload = JsonSerializer.Serialize(payload, Json.Options),
            StartedBy = work.Actor.Person,
            StartedByName = work.Actor.Name,
            CreatedAt = work.Now,
        };
        work.Db.Add(row);
        work.Afterwards(wake.Jobs);
        return row.Id;
    }
}

/// <summary>Runs queued jobs one after the other.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, ModuleList modules, TimeProvider clock, Wake wake, ILogger<JobRunner> log) : BackgroundService
{
    /// <summary>How often a job is started that never comes back.</summary>
    public const int MostAttempts = 4;

    private const int LongestMessage = 4000;
    private const string NeverCameBack = "It was started several times and never came back: the process ended each time, perhaps because of this job. Find out why before you start it again.";

    /// <summary>Runs everything that is queued now; returns how many jobs ran.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        var count = 0;
        while (await NextAsync(ct) is { } job)
        {
            await RunAsync(job, ct);
            count++;
        }

        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var pause = Schedule.Breath;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // What waits from before the start waits a moment longer: the first visitor goes first.
                await wake.JobsAsync(pause, stopping);
                pause = TimeSpan.FromSeconds(5);
                await DrainAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The outermost edge of the loop: the database may be away for a while.
                log.LogError(exception, "The job loop failed and will try again");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping);
            }
        }
    }

    private async Task<Claim?> NextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        while (true)
        {
            var now = Now();
            var row = await db.AllTenants<JobRow>("find the next job")
                .Where(j => j.State == JobState.Queued || (j.State == JobState.Running && j.LeasedUntil < now))
                .OrderBy(j => j.Id).Select(j => new { j.TenantId, j.Id, j.State, j.LeasedUntil, j.Attempts }).FirstOrDefaultAsync(ct);
            if (row is null) return null;
            var until = now + Heartbeat.Lease;
            var claim = db.AllTenants<JobRow>("claim one job of one tenant")
                .Where(j => j.TenantId == row.TenantId && j.Id == row.Id && j.State == row.State && j.LeasedUntil == row.LeasedUntil);
            if (row.Attempts >= MostAttempts)
            {
                await Work.AloneAsync(db, () => claim.ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Parked).SetProperty(j => j.FinishedAt, now)
                    .SetProperty(j => j.Message, NeverCameBack).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct), ct);
                continue;
            }

            if (await Work.AloneAsync(db, () => claim.ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Running).SetProperty(j => j.Attempts, j => j.Attempts + 1).SetProperty(j => j.LeasedUntil, until).SetProperty(j => j.StartedAt, now), ct), ct) == 1)
                return new Claim(row.TenantId, row.Id, now, row.Attempts);
            // Another runner was quicker; there may be more.
        }
    }

    private async Task RunAsync(Claim claim, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var current = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        current.Actor = Actor.System(claim.Tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var job = await db.Set<JobRow>().AsNoTracking().SingleAsync(j => j.Id == claim.Id, ct);
        current.Actor = Actor.System(claim.Tenant, job.StartedByName) with { Person = job.StartedBy };
        var stopped = false;
        var progress = new JobProgress(async (done, total, message) =>
        {
            stopped = await TellAsync(claim, done, total, message, ct);
            return !stopped;
        });
        Result<string> result;
        try
        {
            await using var beat = new Heartbeat((until, token) => RenewAsync(claim, until, token), clock, log, ct);
            try
            {
                var handler = (IJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, modules.Manifest.JobOf(job.Kind));
                result = await handler.RunAsync(job.Payload, progress, beat.Token);
            }
            catch (OperationCanceledException) when (beat.IsLost && !ct.IsCancellationRequested)
            {
                log.LogWarning("Job {Job} of kind {Kind} was taken over by another node", job.Id, job.Kind);
                return;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError(exception, "Job {Job} of kind {Kind} failed", job.Id, job.Kind);
            result = new Problem(ProblemKind.Busy, "jobs.failed", "It stopped because of a fault on our side; nothing was half done. Start it again, or tell your administrator.");
        }
        catch (OperationCanceledException)
        {
            await GiveBackAsync(claim);
            throw;
        }

        if (!await FinishAsync(claim, stopped, result)) log.LogWarning("Job {Job} of kind {Kind} has ended after another node had taken it over", job.Id, job.Kind);
    }

    // True where it should stop: a person wants it, or another node has it in hand.
    private async Task<bool> TellAsync(Claim claim, long done, long total, string? message, CancellationToken ct)
    {
        var until = clock.GetUtcNow().UtcDateTime + Heartbeat.Lease;
        var text = message is null ? null : Text.Storable(message, LongestMessage);
        await using var scope = Scope(claim.Tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var ours = await Work.AloneAsync(db, () => Ours(db, claim).ExecuteUpdateAsync(s => s.SetProperty(j => j.Done, done).SetProperty(j => j.Total, total)
            .SetProperty(j => j.Message, text).SetProperty(j => j.LeasedUntil, until), ct), ct);
        return ours == 0 || await db.Set<JobRow>().Where(j => j.Id == claim.Id).Select(j => j.CancelWanted).SingleAsync(ct);
    }

    private async Task<bool> RenewAsync(Claim claim, DateTime until, CancellationToken ct)
    {
        await using var scope = Scope(claim.Tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await Work.AloneAsync(db, () => Ours(db, claim).ExecuteUpdateAsync(s => s.SetProperty(j => j.LeasedUntil, until), ct), ct) == 1;
    }

    // Also while the process stops: it is one short write.
    private async Task<bool> FinishAsync(Claim claim, bool stopped, Result<string> result)
    {
        var state = result.Ok ? JobState.Succeeded : stopped ? JobState.Cancelled : JobState.Failed;
        var message = Text.Storable(result.Ok ? result.Value : result.Problem.Message, LongestMessage);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var scope = Scope(claim.Tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return await Work.AloneAsync(db, () => Ours(db, claim).ExecuteUpdateAsync(s => s.SetProperty(j => j.State, state).SetProperty(j => j.Message, message)
            .SetProperty(j => j.FinishedAt, now).SetProperty(j => j.LeasedUntil, (DateTime?)null)), CancellationToken.None) == 1;
    }

    // A stop of the process is no fault of the job: it counts for nothing, and the next node has it at once.
    private async Task GiveBackAsync(Claim claim)
    {
        var attempts = claim.Attempts;
        await using var scope = Scope(claim.Tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await Work.AloneAsync(db, () => Ours(db, claim).ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Queued).SetProperty(j => j.Attempts, attempts)
            .SetProperty(j => j.StartedAt, (DateTime?)null).SetProperty(j => j.LeasedUntil, (DateTime?)null)), CancellationToken.None);
    }

    // Only while the claim is ours: who claims it after us has another start.
    private static IQueryable<JobRow> Ours(Db db, Claim claim) =>
        db.Set<JobRow>().Where(j => j.Id == claim.Id && j.State == JobState.Running && j.StartedAt == claim.StartedAt);

    private AsyncServiceScope Scope(TenantId tenant)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        return scope;
    }

    // To the millisecond, so that every engine stores what is compared later.
    private DateTime Now()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }

    private sealed record Claim(TenantId Tenant, JobId Id, DateTime StartedAt, int Attempts);
}
