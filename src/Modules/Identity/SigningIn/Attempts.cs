using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A counter of attempts. It is stored, so that a restart or another node forgets nothing; what is counted stands there as a digest only.</summary>
[Directory]
internal sealed class Attempt
{
    public required string Key { get; init; }
    public double Used { get; set; }
    public DateTime At { get; set; }
    public int Failures { get; set; }
    public DateTime? NotBefore { get; set; }
}

/// <summary>Which accounts may be looked at, and how long the others wait at the least; null where all may.</summary>
internal sealed record TakenAttempts(IReadOnlyList<Limit[]> Admitted, TimeSpan? Wait);

/// <summary>Takes attempts from their counters before anything is looked at.</summary>
internal sealed class Attempts(Db db, Work work)
{
    /// <summary>Takes one attempt from every counter, or refuses and takes none. Known and unknown accounts are counted alike.</summary>
    public async Task<Problem?> TakeAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct) => (await TakeEachAsync([[.. limits]], ct)).Problem;

    /// <summary>
    /// For several accounts at once: takes one attempt for each whose counters allow it, and refuses where none does. A counter that they share gives one.
    /// </summary>
    public async Task<Result<TakenAttempts>> TakeEachAsync(IReadOnlyList<Limit[]> accounts, CancellationToken ct)
    {
        var keys = accounts.SelectMany(l => l).DistinctBy(l => l.Key).ToDictionary(l => Secrets.HashOf(l.Key));
        var now = work.Now;
        return await work.TransactAsync<TakenAttempts>("identity.attempt", async () =>
        {
            foreach (var key in keys.Keys.Order(StringComparer.Ordinal)) await db.Engine.LockAsync(db, "attempt:" + key, ct);
            var names = keys.Keys.ToList();
            var rows = await db.Set<Attempt>().Where(a => names.Contains(a.Key)).ToDictionaryAsync(a => a.Key, ct);
            TimeSpan? WaitOf(Limit limit) => rows.GetValueOrDefault(Secrets.HashOf(limit.Key)) is { } row ? Brake.Wait(Of(row), limit, now) : null;
            var waits = accounts.Select(l => (Limits: l, Wait: l.Max(WaitOf))).ToList();
            var admitted = waits.Where(w => w.Wait is null).Select(w => w.Limits).ToList();
            var soonest = waits.Min(w => w.Wait);
            if (admitted.Count == 0) return IdentitySignInProblems.TooManyAttempts(soonest!.Value);
            foreach (var limit in admitted.SelectMany(l => l).DistinctBy(l => l.Key))
            {
                var key = Secrets.HashOf(limit.Key);
                var row = rows.GetValueOrDefault(key) ?? db.Add(new Attempt { Key = key, At = now }).Entity;
                var after = Brake.After(Of(row), limit, now);
                (row.Used, row.At, row.Failures, row.NotBefore) = (after.Used, after.At, after.Failures, after.NotBefore);
            }

            return new TakenAttempts(admitted, soonest);
        }, ct);
    }

    /// <summary>Gives an attempt back that was right after all, inside the open transaction.</summary>
    public Task<int> ForgiveAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var keys = limits.Select(l => Secrets.HashOf(l.Key)).ToList();
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key)).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.Used, a => a.Used > 1 ? a.Used - 1 : 0).SetProperty(a => a.Failures, 0).SetProperty(a => a.NotBefore, (DateTime?)null), ct);
    }

    /// <summary>
    /// For an account that the attempt did not fit while it fitted another: it makes no later wait longer, since the person may have meant the other, but it stays
    /// counted in the hour. Otherwise whoever holds the one account could guess at the other without end.
    /// </summary>
    public Task<int> SoftenAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var keys = limits.Select(l => Secrets.HashOf(l.Key)).ToList();
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key)).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.Failures, a => a.Failures > 1 ? a.Failures - 1 : 0).SetProperty(a => a.NotBefore, (DateTime?)null), ct);
    }

    /// <summary>As much work as giving back, for an attempt that was wrong.</summary>
    public Task<int> TouchAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var (keys, now) = (limits.Select(l => Secrets.HashOf(l.Key)).ToList(), work.Now);
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key) && a.At > now).ExecuteUpdateAsync(s => s.SetProperty(a => a.At, now), ct);
    }

    private static Tries Of(Attempt row) => new(row.Used, row.At, row.Failures, row.NotBefore);
}
