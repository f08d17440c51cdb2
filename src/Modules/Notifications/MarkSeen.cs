using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>Marks as read what is about the page that the actor has just opened.</summary>
internal sealed class MarkSeen(Work work) : UseCase<string, int>(work)
{
    protected override Permission Permission => NotificationsPermissions.Read;

    protected override async Task<Result<int>> HandleAsync(string input, CancellationToken ct)
    {
        var (tenant, me, now) = (Work.Tenant, Work.Actor.Person, Work.Now);
        return await Db.Set<Notification>().Where(n => n.TenantId == tenant && n.PersonId == me && n.ReadAt == null && n.Href == input)
            .ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), ct);
    }
}
