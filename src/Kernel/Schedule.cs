using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trellis.Kernel;

/// <summary>A recurring job as all nodes share it: when it is due, who has it in hand, how it went.</summary>
[HostLocal]
public sealed class ScheduleRow
{
    public required string Name { get; init; }
    public DateTime NextAt { get; set; }

    /// <summary>Until when one node has it in hand.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>Starts since it last came back; counted before it runs.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether a person, or too many starts without an end, keeps it from running.</summary>
    public bool Paused { get; set; }

    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>How long the last run took.</summary>
    public long Milliseconds { get; set; }

    /// <summary>What went wrong at the last run; null when all went well.</summary>
    public string? LastError { get; set; }
}

/// <summary>Runs recurring jobs by the clock: of several nodes one, each claimed by a conditional update.</summary>
public sealed class Schedule(IServiceScopeFactory scopes, ModuleList modules, TimeProvider clock, ILogger<Schedule> log) : BackgroundService
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    // After a night's rest everything is due at once, and somebody waits for the first page.
    internal static readonly TimeSpan Breath = TimeSpan.FromSeconds(3);

    /// <summary>Runs what is due; returns how many jobs ran.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var ran = 0;
        // All are looked up at once: at almost every look nothing is due.
        var due = await DueAsync(ct);
        foreach (var (name, every, job) in modules.Manifest.Schedule)
        {
            if (!due.Contains(name) || !await ClaimAsync(name, every, ct)) continue;
            await RunAsync(name, job, ct);
            ran++;
        }

        return ran;
    }

    /// <summary>Runs one recurring job now, for every tenant; the fault of one does not keep it from the others.</summary>
    public Task RunRecurringAsync(Type job, CancellationToken ct) => RunForAllAsync(job, () => Task.CompletedTask, ct);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Delay(Breath, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stopping);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The outermost edge of the loop: the database may be away for a while.
                log.LogError(exception, "The schedule failed and will try again");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping);
            }
        }
    }

    private async Task RunAsync(string name, Type job, CancellationToken ct)
    {
        var began = clock.GetUtcNow().UtcDateTime;
        string? error = null;
        try
        {
            await RunForAllAsync(job, () => RenewAsync(name, ct), ct);
        }
        catch (AggregateException exception)
        {
            // Logged for each tenant; the other jobs are due as well.
            error = Text.Storable(exception.InnerExceptions[0].Message, 1000);
        }

        var ended = clock.GetUtcNow().UtcDateTime;
        var took = (long)(ended - began).TotalMilliseconds;
        await WriteAsync(name, rows => rows.ExecuteUpdateAsync(s => s.SetProperty(r => r.Attempts, 0).SetProperty(r => r.LeasedUntil, (DateTime?)null)
            .SetProperty(r => r.FinishedAt, ended).SetProperty(r => r.Milliseconds, took).SetProperty(r => r.LastError, error), ct), ct);
    }

    private async Task RunForAllAsync(Type job, Func<Task> between, CancellationToken ct)
    {
        List<TenantId> tenants;
        await using (var scope = scopes.CreateAsyncScope())
            tenants = await scope.ServiceProvider.GetRequiredService<ITenants>().AllAsync(ct);
        var faults = new List<Exception>();
        foreach (var tenant in tenants)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
            try
            {
                await ((IRecurring)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job)).RunAsync(ct);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                log.LogError(exception, "The recurring job {Job} failed for {Tenant}", job.Name, tenant);
                faults.Add(exception);
            }

            await between();
        }

        if (faults.Count > 0) throw new AggregateException(faults);
    }

    // A job without a row is new: claiming makes its row.
    private async Task<HashSet<string>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await scope.ServiceProvider.GetRequiredService<Db>().Set<ScheduleRow>().AsNoTracking()
            .Select(r => new { r.Name, Rests = r.Paused || r.NextAt > now || r.LeasedUntil > now }).ToListAsync(ct);
        var resting = rows.Where(r => r.Rests).Select(r => r.Name).ToHashSet();
        return [.. modules.Manifest.Schedule.Select(j => j.Name).Where(n => !resting.Contains(n))];
    }

    private async Task<bool> ClaimAsync(string name, TimeSpan every, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = clock.GetUtcNow().UtcDateTime;
        var row = await db.Set<ScheduleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Name == name, ct);
        if (row is null)
        {
            await AddAsync(db, name, now + every, ct);
            return false;
        }

        if (row.Paused || row.NextAt > now || row.LeasedUntil > now) return false;
        var (attempts, until, next) = (row.Attempts, now + Lease, now + every);
        var due = db.Set<ScheduleRow>().Where(r => r.Name == name && !r.Paused && r.NextAt <= now && r.Attempts == attempts && (r.LeasedUntil == null || r.LeasedUntil <= now));
        if (attempts >= MostAttempts)
        {
            await Work.AloneAsync(db, () => due.ExecuteUpdateAsync(s => s.SetProperty(r => r.Paused, true)
                .SetProperty(r => r.LastError, "It was started several times and never came back: the process ended each time. Find out why, then let it run again."), ct), ct);
            return false;
        }

        return await Work.AloneAsync(db, () => due.ExecuteUpdateAsync(s => s.SetProperty(r => r.Attempts, attempts + 1).SetProperty(r => r.LeasedUntil, until)
            .SetProperty(r => r.StartedAt, now).SetProperty(r => r.NextAt, next), ct), ct) == 1;
    }

    private static async Task AddAsync(Db db, string name, DateTime first, CancellationToken ct)
    {
        try
        {
            await Work.AloneAsync(db, () =>
            {
                db.Add(new ScheduleRow { Name = name, NextAt = first });
                return db.SaveChangesAsync(ct);
            }, ct);
        }
        catch (DbUpdateException exception) when (db.Engine.IsDuplicate(exception))
        {
            // Another node was quicker.
        }
    }

    private Task RenewAsync(string name, CancellationToken ct)
    {
        var until = clock.GetUtcNow().UtcDateTime + Lease;
        return WriteAsync(name, rows => rows.ExecuteUpdateAsync(s => s.SetProperty(r => r.LeasedUntil, until), ct), ct);
    }

    private async Task WriteAsync(string name, Func<IQueryable<ScheduleRow>, Task<int>> write, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await Work.AloneAsync(db, () => write(db.Set<ScheduleRow>().Where(r => r.Name == name)), ct);
    }
}

/// <summary>What a person may do at this moment; Identity knows, work in the background that takes long asks.</summary>
public interface IPeople
{
    /// <summary>One of the vendor's people with its present permissions, or null where it may not sign in any more.</summary>
    Task<Actor?> NowAsync(TenantId tenant, PersonId person, CancellationToken ct);
}

/// <summary>Lists the tenants of this installation; Identity owns them, the loops need them.</summary>
public interface ITenants
{
    Task<List<TenantId>> AllAsync(CancellationToken ct);

    /// <summary>Whether there is one, asked before the model of the database is built.</summary>
    bool Any();
}

/// <summary>What concerns all tenants at once (recurring jobs, the key of receipts) is in the hands of the first tenant's people, who run the installation.</summary>
public static class Installation
{
    public static async Task<bool> IsRunByAsync(this ITenants tenants, TenantId tenant, CancellationToken ct) => (await tenants.AllAsync(ct)).FirstOrDefault() == tenant;
}
