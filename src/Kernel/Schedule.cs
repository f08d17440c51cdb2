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

/// <summary>Runs recurring jobs by the clock: of several nodes one, each claimed by a conditional update. Each runs by itself: a long one keeps no other waiting.</summary>
public sealed class Schedule(IServiceScopeFactory scopes, ModuleList modules, TimeProvider clock, ILogger<Schedule> log) : BackgroundService
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(200);

    // What runs seldom takes long: it has seats of its own, so that seals, promises and expiry never wait for it.
    private static readonly TimeSpan Seldom = TimeSpan.FromHours(3);

    // After a night's rest everything is due at once, and somebody waits for the first page.
    internal static readonly TimeSpan Breath = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _often = new(2);
    private readonly SemaphoreSlim _seldom = new(2);
    private readonly Dictionary<string, Task> _inHand = [];

    /// <summary>Runs what is due until all of it has ended; returns how many jobs ran.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var (due, _) = await LookAsync(ct);
        var ran = await Task.WhenAll(due.Select(d => Task.Run(() => TakeAsync(d, ct), ct)));
        return ran.Count(r => r);
    }

    /// <summary>Runs one recurring job now, for every tenant; neither a fault nor a refusal of one keeps it from the others. The first refusal is returned.</summary>
    public async Task<Result<Done>> RunRecurringAsync(Type job, CancellationToken ct)
    {
        var (faults, refused) = await RunForAllAsync(job, ct);
        return faults.Count > 0 ? throw new AggregateException(faults) : refused;
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Delay(Breath, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested)
        {
            var rest = LongestRest;
            try
            {
                (var due, rest) = await LookAsync(stopping);
                foreach (var one in due.Where(d => !_inHand.TryGetValue(d.Name, out var going) || going.IsCompleted)) _inHand[one.Name] = Task.Run(() => TakeSafelyAsync(one, stopping), CancellationToken.None);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The outermost edge of the loop: the database may be away for a while.
                log.LogError(exception, "The schedule failed and will try again");
            }

            await Task.Delay(rest, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Those that stop give back what they had in hand.
        await Task.WhenAll(_inHand.Values);
    }

    private async Task TakeSafelyAsync(Recurrence one, CancellationToken stopping)
    {
        try
        {
            await TakeAsync(one, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node that starts next has it again.
        }
        catch (Exception exception)
        {
            // The outermost edge of one job.
            log.LogError(exception, "The schedule of {Job} failed and will try again", one.Name);
        }
    }

    private async Task<bool> TakeAsync(Recurrence one, CancellationToken ct)
    {
        var seats = one.Every >= Seldom ? _seldom : _often;
        await seats.WaitAsync(ct);
        try
        {
            if (await ClaimAsync(one, ct) is not { } claim) return false;
            await RunAsync(claim, one.Job, ct);
            return true;
        }
        finally
        {
            seats.Release();
        }
    }

    private async Task RunAsync(Claim claim, Type job, CancellationToken ct)
    {
        string? error;
        try
        {
            await using var beat = new Heartbeat((until, token) => RenewAsync(claim, until, token), clock, log, ct);
            try
            {
                var (faults, refused) = await RunForAllAsync(job, beat.Token);
                // Logged for each tenant; the other jobs are due as well.
                error = faults.Count > 0 ? faults[0].Message : refused.Ok ? null : $"{refused.Problem.Code}: {refused.Problem.Message}";
            }
            catch (OperationCanceledException) when (beat.IsLost && !ct.IsCancellationRequested)
            {
                log.LogWarning("The recurring job {Job} was taken over by another node", claim.Name);
                return;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await GiveBackAsync(claim);
            throw;
        }

        await FinishAsync(claim, error is null ? null : Text.Storable(error, 1000));
    }

    private async Task<(List<Exception> Faults, Result<Done> Refused)> RunForAllAsync(Type job, CancellationToken ct)
    {
        List<TenantId> tenants;
        await using (var scope = scopes.CreateAsyncScope())
            tenants = await scope.ServiceProvider.GetRequiredService<ITenants>().AllAsync(ct);
        var (faults, refusals) = (new List<Exception>(), new Refusals());
        foreach (var tenant in tenants)
        {
            ct.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
            try
            {
                var result = refusals.Note(await ((IRecurring)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job)).RunAsync(ct));
                if (!result.Ok) log.LogWarning("The recurring job {Job} was refused for {Tenant}: {Code}, {Message}", job.Name, tenant, result.Problem.Code, result.Problem.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                log.LogError(exception, "The recurring job {Job} failed for {Tenant}", job.Name, tenant);
                faults.Add(exception);
            }
        }

        // A fault in the midst of a stop is mostly the stop itself.
        if (faults.Count > 0) ct.ThrowIfCancellationRequested();
        return (faults, refusals.End);
    }

    // What is due, the most frequent first, and how long until something else is. A job without a row is new: claiming makes its row.
    private async Task<(List<Recurrence> Due, TimeSpan Pause)> LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<Db>().Set<ScheduleRow>().AsNoTracking().ToDictionaryAsync(r => r.Name, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var (due, rest) = (new List<Recurrence>(), LongestRest);
        foreach (var (name, every, job) in modules.Manifest.Schedule.OrderBy(s => s.Every))
        {
            var row = rows.GetValueOrDefault(name);
            if (row is { Paused: true }) continue;
            var rests = row is null ? TimeSpan.Zero : row.NextAt - now;
            if (rests <= TimeSpan.Zero)
            {
                if (row?.LeasedUntil > now) rests = row.StartedAt!.Value + every - now;
                else due.Add(new Recurrence(name, every, job));
                // One that takes longer than its interval is looked for again after the longest rest.
                if (rests <= TimeSpan.Zero) rests = row?.LeasedUntil > now ? LongestRest : every;
            }

            if (rests < rest) rest = rests;
        }

        return (due, rest < ShortestRest ? ShortestRest : rest);
    }

    private async Task<Claim?> ClaimAsync(Recurrence one, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = Now();
        var row = await db.Set<ScheduleRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Name == one.Name, ct);
        if (row is null)
        {
            await AddAsync(db, one.Name, now + one.Every, ct);
            return null;
        }

        if (row.Paused || row.NextAt > now || row.LeasedUntil > now) return null;
        var (name, attempts, until) = (one.Name, row.Attempts, now + Heartbeat.Lease);
        var due = db.Set<ScheduleRow>().Where(r => r.Name == name && !r.Paused && r.NextAt <= now && r.Attempts == attempts && (r.LeasedUntil == null || r.LeasedUntil <= now));
        if (attempts >= MostAttempts)
        {
            await Work.AloneAsync(db, () => due.ExecuteUpdateAsync(s => s.SetProperty(r => r.Paused, true)
                .SetProperty(r => r.LastError, "It was started several times and never came back: the process ended each time. Find out why, then let it run again."), ct), ct);
            return null;
        }

        // It stays due until it has ended: what a kill cuts short is begun again, not left until its next turn.
        return await Work.AloneAsync(db, () => due.ExecuteUpdateAsync(s => s.SetProperty(r => r.Attempts, attempts + 1).SetProperty(r => r.LeasedUntil, until)
            .SetProperty(r => r.StartedAt, now), ct), ct) == 1 ? new Claim(one.Name, one.Every, row.NextAt, now, attempts) : null;
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

    private async Task<bool> RenewAsync(Claim claim, DateTime until, CancellationToken ct) =>
        await WriteAsync(claim, rows => rows.ExecuteUpdateAsync(s => s.SetProperty(r => r.LeasedUntil, until), ct), ct) == 1;

    private async Task FinishAsync(Claim claim, string? error)
    {
        var (ended, due, next) = (Now(), claim.DueAt, claim.StartedAt + claim.Every);
        var took = (long)(ended - claim.StartedAt).TotalMilliseconds;
        // Who asked meanwhile for another run gets it.
        var ours = await CloseAsync(claim, rows => rows.ExecuteUpdateAsync(s => s.SetProperty(r => r.Attempts, 0).SetProperty(r => r.LeasedUntil, (DateTime?)null)
            .SetProperty(r => r.NextAt, r => r.NextAt == due ? next : r.NextAt).SetProperty(r => r.FinishedAt, ended).SetProperty(r => r.Milliseconds, took).SetProperty(r => r.LastError, error)));
        if (!ours) log.LogWarning("The recurring job {Job} has ended after another node had taken it over", claim.Name);
    }

    // A stop is no fault of the job: it counts for nothing, and the next node has it at once.
    private Task<bool> GiveBackAsync(Claim claim)
    {
        var attempts = claim.Attempts;
        return CloseAsync(claim, rows => rows.ExecuteUpdateAsync(s => s.SetProperty(r => r.Attempts, attempts).SetProperty(r => r.LeasedUntil, (DateTime?)null)));
    }

    // Also while the process stops: it is one short write.
    private async Task<bool> CloseAsync(Claim claim, Func<IQueryable<ScheduleRow>, Task<int>> write) => await WriteAsync(claim, write, CancellationToken.None) == 1;

    // Only while the claim is ours: who claims it after us has another start.
    private async Task<int> WriteAsync(Claim claim, Func<IQueryable<ScheduleRow>, Task<int>> write, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var (name, started) = (claim.Name, claim.StartedAt);
        return await Work.AloneAsync(db, () => write(db.Set<ScheduleRow>().Where(r => r.Name == name && r.StartedAt == started && r.LeasedUntil != null)), ct);
    }

    // To the millisecond, so that every engine stores what is compared later.
    private DateTime Now()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }

    private sealed record Recurrence(string Name, TimeSpan Every, Type Job);

    private sealed record Claim(string Name, TimeSpan Every, DateTime DueAt, DateTime StartedAt, int Attempts);
}
