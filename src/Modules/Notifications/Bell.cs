using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Notifications;

/// <summary>The bell's count, in one small query; opening the thing itself marks its news as read.</summary>
internal sealed class Bell(Work work, MarkSeen seen) : IBell
{
    public async Task<int> UnreadAsync(string path, CancellationToken ct)
    {
        if (!work.Actor.IsKnown || !work.Actor.May(NotificationsPermissions.Read)) return 0;
        var unread = await NotificationList.Own(work).Where(n => n.ReadAt == null).OrderBy(n => n.Id).Select(n => n.Href).Take(NotificationList.MostCounted + 1).ToListAsync(ct);
        var here = unread.Count(h => h == path);
        if (here > 0) await seen.RunAsync(path, ct);
        return unread.Count - here;
    }
}
