using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Trellis.Kernel;

/// <summary>Delivers outbox rows: claim by a conditional update, run the listener, mark it delivered in the listener's own transaction.</summary>
public sealed class Dispatcher(IServiceScopeFactory scopes, ModuleList modules, Engine engine, TimeProvider clock, Wake wake, ILogger<Dispatcher> log) : BackgroundService
{
    private const int ParkAfter = 8;
    private const int MostDue = 400;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // What happens meanwhile is delivered together: many deliveries of one listener cost little more than one.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<string, (Type Event, Type Listener)> _listeners =
        modules.Manifest.Listeners.ToDictionary(l => l.Listener.FullName!, l => l);
    private readonly Dictionary<string, Func<IServiceProvider, IReadOnlyList<OutboxRow>, CancellationToken, Task>> _many =
        modules.Manifest.Listeners.Where(l => typeof(IHearMany<>).MakeGenericType(l.Event).IsAssignableFrom(l.Listener)).ToDictionary(l => l.Listener.FullName!, l => Many(l.Event, l.Listener));
    private readonly ConcurrentDictionary<Type, MethodInfo> _hear = new();

    /// <summary>Delivers everything that is due; returns how many deliveries were tried.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        var tried = 0;
        while (await RoundAsync(ct) is > 0 and var more) tried += more;
        return tried;
    }

    private async Task<int> RoundAsync(CancellationToken ct)
    {
        var due = await DueAsync(ct);
        foreach (var batch in Batches(due, engine.DeliveriesTogether)) await DeliverAsync(batch, ct);
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var pause = Schedule.Breath;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // What waits from before the start waits a moment longer: the first visitor goes first.
                await wake.OutboxAsync(pause, stopping);
                pause = TimeSpan.FromSeconds(5);
                while (await RoundAsync(stopping) is > 0 and var tried)
                    if (tried < MostDue) await Task.Delay(Rest, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The outermost edge of the loop: the database may be away for a while.
                log.LogError(exception, "The outbox loop failed and will try again");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping);
            }
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.AllTenants<OutboxRow>("find deliveries that are due")
            .Where(r => r.State == DeliveryState.Waiting && r.NextAttemptAt <= now && (r.LeasedUntil == null || r.LeasedUntil < now))
            .OrderBy(r => r.Id).Select(r => new Due(r.TenantId, r.Id, r.Listener, r.Attempts)).Take(MostDue).ToListAsync(ct);
    }

    // What one listener has never tried goes together; what was tried before goes alone, so that one bad delivery takes no others with it.
    private static IEnumerable<List<Due>> Batches(List<Due> due, int together) =>
        due.GroupBy(d => (d.Tenant, d.Listener, Alone: d.Attempts > 0 ? d.Id : default)).SelectMany(g => g.Chunk(together)).Select(c => c.ToList());

    private async Task DeliverAsync(List<Due> batch, CancellationToken ct)
    {
        List<OutboxRow> rows;
        await using (var scope = Scope(batch[0].Tenant))
        {
            rows = await ClaimAsync(scope.ServiceProvider.GetRequiredService<Work>(), batch, ct);
            if (rows.Count > 1 && await TogetherAsync(scope.ServiceProvider, rows, ct)) return;
        }

        foreach (var row in rows) await AloneAsync(row, ct);
    }

    private AsyncServiceScope Scope(TenantId tenant)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System(tenant);
        return scope;
    }

    // Which of them were ours shows in the end of the lease; whoever has the same by chance still delivers only what nobody has delivered.
    private static async Task<List<OutboxRow>> ClaimAsync(Work work, List<Due> batch, CancellationToken ct)
    {
        var (tenant, ids, now) = (batch[0].Tenant, batch.Select(d => d.Id).ToArray(), work.Now);
        var until = now + Lease + TimeSpan.FromMicroseconds(RandomNumberGenerator.GetInt32(60_000_000));
        var claim = work.Db.Set<OutboxRow>()
            .Where(r => r.TenantId == tenant && ids.Contains(r.Id) && r.State == DeliveryState.Waiting && r.NextAttemptAt <= now && (r.LeasedUntil == null || r.LeasedUntil < now));
        if (await Work.AloneAsync(work.Db, () => claim.ExecuteUpdateAsync(set => set.SetProperty(r => r.LeasedUntil, until).SetProperty(r => r.Attempts, r => r.Attempts + 1), ct), ct) == 0) return [];
        return await work.Db.Set<OutboxRow>().AsNoTracking().Where(r => r.TenantId == tenant && ids.Contains(r.Id) && r.LeasedUntil == until).OrderBy(r => r.Id).ToListAsync(ct);
    }

    // One transaction for several deliveries; where one of them fails nothing of any is left, and each goes alone.
    private async Task<bool> TogetherAsync(IServiceProvider services, List<OutboxRow> rows, CancellationToken ct)
    {
        var work = services.GetRequiredService<Work>();
        var (tenant, ids, until) = (rows[0].TenantId, rows.Select(r => r.Id).ToArray(), rows[0].LeasedUntil);
        try
        {
            var done = await work.TransactAsync("hear." + rows[0].Event, async () =>
            {
                if (_many.TryGetValue(rows[0].Listener, out var many))
                {
                    await many(services, rows, ct);
                }
                else
                {
                    foreach (var row in rows)
                    {
                        await HearAsync(services, row, ct);
                        // The next one finds what this one has done, and nothing else of it.
                        await work.SaveAsync(ct);
                        work.Db.ChangeTracker.Clear();
                    }
                }

                var ours = await work.Db.Set<OutboxRow>().Where(r => r.TenantId == tenant && ids.Contains(r.Id) && r.State == DeliveryState.Waiting && r.LeasedUntil == until)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, DeliveryState.Delivered).SetProperty(r => r.LeasedUntil, (DateTime?)null), ct);
                return ours == ids.Length ? default(Done) : (Result<Done>)Outlived();
            }, ct);
            return done.Ok;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogDebug(exception, "{Count} deliveries of {Event} to {Listener} failed together", rows.Count, rows[0].Event, rows[0].Listener);
            return false;
        }
    }

    private async Task AloneAsync(OutboxRow row, CancellationToken ct)
    {
        await using var scope = Scope(row.TenantId);
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        if (row.Attempts > ParkAfter)
        {
            await FailAsync(work, row, row.LastError ?? "Its listener never came back.", ct);
            return;
        }

        try
        {
            var result = await work.TransactAsync("hear." + row.Event, async () =>
            {
                await HearAsync(scope.ServiceProvider, row, ct);
                // Only while the claim is still ours: after its lease another dispatcher may have delivered it, and then this must leave nothing.
                var ours = await Claimed(work, row).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, DeliveryState.Delivered).SetProperty(r => r.LeasedUntil, (DateTime?)null), ct);
                return ours == 1 ? default(Done) : (Result<Done>)Outlived();
            }, ct);
            if (!result.Ok) await FailAsync(work, row, $"{result.Problem.Code}: {result.Problem.Message}", ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning(exception, "Delivery {Delivery} of {Event} to {Listener} failed", row.Id, row.Event, row.Listener);
            await FailAsync(work, row, exception.Message, ct);
        }
    }

    private static Problem Outlived() => new(ProblemKind.Busy, "outbox.outlived", "The listener took longer than its lease.");

    // The attempt is the fence: who claims it after us counts one more.
    private static IQueryable<OutboxRow> Claimed(Work work, OutboxRow row)
    {
        var (tenant, id, attempts) = (row.TenantId, row.Id, row.Attempts);
        return work.Db.Set<OutboxRow>().Where(r => r.TenantId == tenant && r.Id == id && r.State == DeliveryState.Waiting && r.Attempts == attempts);
    }

    private Task HearAsync(IServiceProvider services, OutboxRow row, CancellationToken ct)
    {
        if (!_listeners.TryGetValue(row.Listener, out var pair)) throw new InvalidOperationException($"There is no listener {row.Listener} any more.");
        var happened = JsonSerializer.Deserialize(row.Payload, pair.Event, Json.Options)!;
        var listener = ActivatorUtilities.GetServiceOrCreateInstance(services, pair.Listener);
        var hear = _hear.GetOrAdd(pair.Listener, _ => typeof(IHear<>).MakeGenericType(pair.Event).GetMethod(nameof(IHear<IEvent>.HearAsync))!);
        return (Task)hear.Invoke(listener, BindingFlags.DoNotWrapExceptions, null, [happened, ct], null)!;
    }

    private sealed record Due(TenantId Tenant, DeliveryId Id, string Listener, int Attempts);

    private static Func<IServiceProvider, IReadOnlyList<OutboxRow>, CancellationToken, Task> Many(Type @event, Type listener) =>
        typeof(Dispatcher).GetMethod(nameof(HearManyAsync), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(@event, listener)
            .CreateDelegate<Func<IServiceProvider, IReadOnlyList<OutboxRow>, CancellationToken, Task>>();

    private static Task HearManyAsync<TEvent, TListener>(IServiceProvider services, IReadOnlyList<OutboxRow> rows, CancellationToken ct) where TEvent : IEvent where TListener : IHearMany<TEvent>
    {
        IHearMany<TEvent> listener = ActivatorUtilities.GetServiceOrCreateInstance<TListener>(services);
        return listener.HearAsync([.. rows.Select(r => JsonSerializer.Deserialize<TEvent>(r.Payload, Json.Options)!)], ct);
    }

    // Apart by chance (up to a fifth more), so that what failed together does not come back together.
    private static TimeSpan Backoff(int attempts)
    {
        var seconds = Math.Min(3600, 2 * Math.Pow(3, attempts - 1));
        return TimeSpan.FromSeconds(seconds * (1 + RandomNumberGenerator.GetInt32(0, 200) / 1000.0));
    }

    private static async Task FailAsync(Work work, OutboxRow row, string error, CancellationToken ct)
    {
        work.Db.ChangeTracker.Clear();
        var state = row.Attempts >= ParkAfter ? DeliveryState.Parked : DeliveryState.Waiting;
        var next = work.Now + Backoff(row.Attempts);
        var text = Text.Storable(error, 1000);
        await Work.AloneAsync(work.Db, () => Claimed(work, row)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, state).SetProperty(r => r.NextAttemptAt, next)
                .SetProperty(r => r.LeasedUntil, (DateTime?)null).SetProperty(r => r.LastError, text), ct), ct);
    }
}
