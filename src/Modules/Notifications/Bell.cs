using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Notifications;

/// <summary>The bell's count, in one small query; opening the thing itself marks its news as read, the one thing that looking at a page changes.</summary>
internal sealed class Bell(Work work, MarkSeen seen) : IBell
{
    public async Task<int> UnreadAsync(string path, CancellationToken ct)
    {
        if (!work.Actor.IsKnown || !work.Actor.May(NotificationsPermissions.Read)) return 0;
        var unread = NotificationList.Own(work).Where(n => n.ReadAt == null);
        // One question for both: whether there is news of this very page, however much is unread, and how much else there is.
        var found = await unread.Where(n => n.Href == path).Select(n => true).Take(1)
            .Concat(unread.Where(n => n.Href != path).Select(n => false).Take(NotificationList.MostCounted + 1)).ToListAsync(ct);
        var here = found.Count(h => h);
        if (here > 0) await seen.RunAsync(path, ct);
        return found.Count - here;
    }
}
