using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal static class TargetTables
{
    // A portal actor sees the lists that are shared with its partner.
    public static void Map(ModelBuilder model, Db db)
    {
        var list = model.Owned<TargetList>("deals_target_list", l => new { l.TenantId, l.Id });
        list.HasIndex(l => new { l.TenantId, l.PartnerId, l.CreatedAt, l.Id });
        list.HasIndex(l => new { l.TenantId, l.CreatedAt, l.Id });
        list.Property(l => l.Message).HasMaxLength(4000);
        list.HasQueryFilter(Db.PartnerFilter, l => db.SeesAllPartners || l.PartnerId == db.Partner);

        var target = model.Owned<Target>("deals_target", t => new { t.TenantId, t.Id });
        target.HasIndex(t => new { t.TenantId, t.ListId, t.Name, t.Id });
        target.HasIndex(t => new { t.TenantId, t.AccountId });
        target.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);

        var contact = model.Owned<TargetContact>("deals_target_contact", c => new { c.TenantId, c.Id });
        contact.HasIndex(c => new { c.TenantId, c.TargetId, c.Id });
        contact.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);

        var note = model.Owned<TargetNote>("deals_target_note", n => new { n.TenantId, n.Id });
        note.HasIndex(n => new { n.TenantId, n.TargetId, n.Id });
        note.HasQueryFilter(Db.PartnerFilter, n => db.SeesAllPartners || n.PartnerId == db.Partner);
    }
}
