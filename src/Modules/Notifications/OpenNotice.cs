using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>
/// The one notification that a mailed link names, readable without signing in: the link is as secret as the mail that holds it, which says the
/// same. It opens nothing else, and nothing once its reader may not read it any more.
/// </summary>
internal sealed class OpenNotice(SignedLinks signed, KindList kinds, CurrentActor current, Work work)
{
    public async Task<Result<(NotificationItem Item, bool Mine)>> RunAsync(string? key, CancellationToken ct)
    {
        var gone = new Problem(ProblemKind.Missing, "notifications.link", "This link is not complete or no longer valid. Sign in to see your notifications.");
        if (signed.ReadOpen(key) is not { } read) return gone;
        var before = current.Actor;
        using var _ = current.As(Actor.System(read.Tenant) with { Person = read.Person });
        var row = await work.Db.Set<Notification>().AsNoTracking().SingleOrDefaultAsync(n => n.Id == read.Notification && n.PersonId == read.Person, ct);
        if (row is null || !await Readership.MayReadAsync(work.Db, row, ct)) return gone;
        return (new NotificationItem(row.Id, row.Kind, kinds.Label(row.Kind), row.Title, row.Body, row.Href, row.CreatedAt, row.ReadAt), before.Tenant == read.Tenant && before.Person == read.Person);
    }
}
