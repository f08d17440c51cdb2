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

/// <summary>Takes attempts from their counters before anything is looked at.</summary>
internal sealed class Attempts(Db db, Work work)
{
    /// <summary>Takes one attempt from every counter, or refuses and takes none. Known and unknown accounts are counted alike.</summary>
    public async Task<Problem?> TakeAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var keys = limits.ToDictionary(l => Secrets.HashOf(l.Key));
        var now = work.Now;
        var taken = await work.TransactAsync<Done>("identity.attempt", async () =>
        {
            foreach (var key in keys.Keys.Order(StringComparer.Ordinal)) await db.Engine.LockAsync(db, "attempt:" + key, ct);
            var names = keys.Keys.ToList();
            var rows = await db.Set<Attempt>().Where(a => names.Contains(a.Key)).ToDictionaryAsync(a => a.Key, ct);
            var wait = rows.Values.Max(r => Brake.Wait(Of(r), keys[r.Key], now));
            if (wait is { } time) return IdentitySignInProblems.TooManyAttempts(time);
            foreach (var (key, limit) in keys)
            {
                var row = rows.GetValueOrDefault(key) ?? db.Add(new Attempt { Key = key, At = now }).Entity;
                var after = Brake.After(Of(row), limit, now);
                (row.Used, row.At, row.Failures, row.NotBefore) = (after.Used, after.At, after.Failures, after.NotBefore);
            }

            return default(Done);
        }, ct);
        return taken.Problem;
    }

    /// <summary>Gives an attempt back that was right after all, inside the open transaction.</summary>
    public Task<int> ForgiveAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var keys = limits.Select(l => Secrets.HashOf(l.Key)).ToList();
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key)).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.Used, a => a.Used > 1 ? a.Used - 1 : 0).SetProperty(a => a.Failures, 0).SetProperty(a => a.NotBefore, (DateTime?)null), ct);
    }

    /// <summary>As much work as giving back, for an attempt that was wrong.</summary>
    public Task<int> TouchAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var (keys, now) = (limits.Select(l => Secrets.HashOf(l.Key)).ToList(), work.Now);
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key) && a.At > now).ExecuteUpdateAsync(s => s.SetProperty(a => a.At, now), ct);
    }

    private static Tries Of(Attempt row) => new(row.Used, row.At, row.Failures, row.NotBefore);
}
