using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>Marks one of the actor's notifications as read, or all of them.</summary>
internal sealed class MarkRead(Work work) : UseCase<NotificationId?, int>(work)
{
    protected override Permission Permission => NotificationsPermissions.Read;

    protected override async Task<Result<int>> HandleAsync(NotificationId? input, CancellationToken ct)
    {
        var (tenant, me, now) = (Work.Tenant, Work.Actor.Person, Work.Now);
        var rows = Db.Set<Notification>().Where(n => n.TenantId == tenant && n.PersonId == me && n.InApp);
        if (input is { } id)
        {
            rows = rows.Where(n => n.Id == id);
            if (!await rows.AnyAsync(ct)) return Problem.Missing("notification");
        }

        return await rows.Where(n => n.ReadAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), ct);
    }
}
