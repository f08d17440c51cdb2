using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Clears away what has run out: sessions, days on which people came, mailed links, answered questions, counters that are full again.</summary>
internal sealed class TidySignIn(Db db, Work work) : IRecurring
{
    // Failures in a row are counted however long they take; a few are somebody's own typing.
    private const int Few = 10;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (tenant, now) = (work.Tenant, work.Now);
        var (idle, oldest, yesterday, lastYear) = (now - Session.Idle, now - Session.Longest, now.AddDays(-1), now.AddYears(-1));
        var stale = db.Set<Session>().Where(s => s.SeenAt < idle || s.Since < oldest || !db.Set<Person>().Any(p => p.TenantId == s.TenantId && p.Id == s.PersonId && p.Stamp == s.Stamp));
        await Work.AloneAsync(db, () => stale.ExecuteDeleteAsync(ct), ct);
        var longAgo = now - SignInDay.Kept;
        await Work.AloneAsync(db, () => db.Set<SignInDay>().Where(d => d.At < longAgo).ExecuteDeleteAsync(ct), ct);
        await Work.AloneAsync(db, () => db.Set<Key>().Where(k => k.TenantId == tenant && k.Kind != KeyKind.Token && k.ExpiresAt < now).ExecuteDeleteAsync(ct), ct);
        await Work.AloneAsync(db, () => db.Set<Attempt>().Where(a => a.At < lastYear || (a.At < yesterday && a.Failures < Few)).ExecuteDeleteAsync(ct), ct);
        return default(Done);
    }
}
