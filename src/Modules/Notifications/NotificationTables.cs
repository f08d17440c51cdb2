using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Notifications;

internal static class NotificationTables
{
    public static void Map(ModelBuilder model)
    {
        var notification = model.Owned<Notification>("notifications_notification", n => new { n.TenantId, n.Id });
        notification.HasIndex(n => new { n.TenantId, n.PersonId, n.ReadAt, n.Id });
        notification.HasIndex(n => new { n.TenantId, n.DigestDue, n.PersonId });
        notification.HasIndex(n => new { n.TenantId, n.PersonId, n.Once }).IsUnique();
        model.Owned<Preference>("notifications_preference", p => new { p.TenantId, p.PersonId, p.Kind });
        model.Owned<DigestDay>("notifications_digest", d => new { d.TenantId, d.PersonId });
    }
}
