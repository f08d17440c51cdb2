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

/// <summary>Which accounts may be looked at, and how long the others wait at the least; null where none waits.</summary>
/// <param name="Admitted">Those that may.</param>
/// <param name="Wait">How long the others wait.</param>
/// <param name="Ended">Whether one is not looked at any more.</param>
/// <param name="Last">Of those that may, the ones for which this is the last attempt, if it fails.</param>
internal sealed record TakenAttempts(IReadOnlyList<Limit[]> Admitted, TimeSpan? Wait, bool Ended, IReadOnlyList<Limit[]> Last)
{
    /// <summary>Why an attempt of which not all was looked at is refused; null where all was.</summary>
    public Problem? Refusal => Wait is { } wait ? IdentitySignInProblems.TooManyAttempts(wait) : Ended ? IdentitySignInProblems.TooManyFailures() : null;
}

/// <summary>Tells the owner that a way of signing in has ended.</summary>
internal static class EndedNotice
{
    public static void Send(Post post, Work work, Person person, string what)
    {
        post.Send(person.Email, "A way of signing in has been switched off",
            $"Hello {person.Name},\n\n{Limits.MostInARow} attempts in a row to sign in to your account with {what} have failed, so it is not taken any more on devices that your account does not know.\n\nDevices on which you have signed in before, passkeys and mailed links work as they did. A new password, by “Forgot your password?” on the sign-in page, switches it on again; for the second factor your administrator can help.\n\nIf this was not you, nobody has come in.");
        work.Note("identity.sign_in_ended", "identity_person", person.Id.ToString(), new { by = what });
    }
}

/// <summary>Takes attempts from their counters before anything is looked at.</summary>
internal sealed class Attempts(Db db, Work work)
{
    /// <summary>Takes one attempt from every counter, or refuses and takes none. Known and unknown accounts are counted alike.</summary>
    public async Task<Problem?> TakeAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct) => (await TakeEachAsync([[.. limits]], ct)).Problem;

    /// <summary>The same; tells whether this is the last attempt that is looked at, if it fails.</summary>
    public async Task<Result<bool>> TakeLastAsync(Limit[] limits, CancellationToken ct) => (await TakeEachAsync([limits], ct)).Then<bool>(t => t.Last.Count > 0);

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
            int FailuresOf(Limit limit) => rows.GetValueOrDefault(Secrets.HashOf(limit.Key))?.Failures ?? 0;
            var waits = accounts.Select(l => (Limits: l, Wait: l.Max(WaitOf), Ended: l.Any(x => x.Most is { } most && FailuresOf(x) >= most))).ToList();
            var admitted = waits.Where(w => w is { Wait: null, Ended: false }).Select(w => w.Limits).ToList();
            var last = admitted.Where(l => l.Any(x => FailuresOf(x) + 1 == x.Most)).ToList();
            var taken = new TakenAttempts(admitted, waits.Where(w => !w.Ended).Min(w => w.Wait), waits.Exists(w => w.Ended), last);
            if (admitted.Count == 0) return taken.Refusal!;
            foreach (var limit in admitted.SelectMany(l => l).DistinctBy(l => l.Key))
            {
                var key = Secrets.HashOf(limit.Key);
                var row = rows.GetValueOrDefault(key) ?? db.Add(new Attempt { Key = key, At = now }).Entity;
                var after = Brake.After(Of(row), limit, now);
                (row.Used, row.At, row.Failures, row.NotBefore) = (after.Used, after.At, after.Failures, after.NotBefore);
            }

            return taken;
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

    /// <summary>Opens again what had ended, inside the open transaction.</summary>
    public Task<int> ReopenAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var keys = limits.Select(l => Secrets.HashOf(l.Key)).ToList();
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key)).ExecuteUpdateAsync(s => s.SetProperty(a => a.Failures, 0).SetProperty(a => a.NotBefore, (DateTime?)null), ct);
    }

    /// <summary>As much work as giving back, for an attempt that was wrong.</summary>
    public Task<int> TouchAsync(IReadOnlyCollection<Limit> limits, CancellationToken ct)
    {
        var (keys, now) = (limits.Select(l => Secrets.HashOf(l.Key)).ToList(), work.Now);
        return db.Set<Attempt>().Where(a => keys.Contains(a.Key) && a.At > now).ExecuteUpdateAsync(s => s.SetProperty(a => a.At, now), ct);
    }

    private static Tries Of(Attempt row) => new(row.Used, row.At, row.Failures, row.NotBefore);
}
