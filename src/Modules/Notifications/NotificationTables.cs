using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Notifications;

internal static class NotificationTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var notification = model.Owned<Notification>("notifications_notification", n => new { n.TenantId, n.Id });
        notification.HasIndex(n => new { n.TenantId, n.PersonId, n.CreatedAt, n.Id });
        // The bell counts what is unread at every page, and looks for that of the page itself.
        notification.HasIndex(n => new { n.TenantId, n.PersonId, n.Href }, "IX_notifications_notification_unread").HasFilter("read_at IS NULL");
        notification.HasIndex(n => new { n.TenantId, n.DigestDue, n.PersonId });
        notification.HasIndex(n => new { n.TenantId, n.PersonId, n.Once }).IsUnique();
        // Two partners that become one.
        notification.HasIndex(n => new { n.TenantId, n.PartnerId }).HasFilter("partner_id IS NOT NULL");
        // Whoever acts for one partner reads that partner's news, and none of another that the same person belongs to or has left.
        notification.HasQueryFilter(Db.PartnerFilter, n => db.SeesAllPartners || n.PartnerId == null || n.PartnerId == db.Partner);
        model.Owned<Preference>("notifications_preference", p => new { p.TenantId, p.PersonId, p.Kind });
        model.Owned<DigestDay>("notifications_digest", d => new { d.TenantId, d.PersonId });
    }
}
