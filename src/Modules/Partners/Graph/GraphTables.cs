using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Graph;

internal static class GraphTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var relation = model.Owned<Relation>("partners_relation", r => new { r.TenantId, r.FromId, r.ToId, r.Kind });
        relation.HasIndex(r => new { r.TenantId, r.ToId });
        relation.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.FromId == db.Partner || r.ToId == db.Partner);

        var tie = model.Owned<CustomerTie>("partners_customer", t => new { t.TenantId, t.PartnerId, t.AccountId, t.Kind });
        tie.HasIndex(t => new { t.TenantId, t.AccountId });
        tie.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);

        Hears.CustomerMove.Map(model, db);

        var lineage = model.Owned<Lineage>("partners_lineage", l => new { l.TenantId, l.AncestorId, l.DescendantId });
        lineage.HasIndex(l => new { l.TenantId, l.DescendantId });
        lineage.HasQueryFilter(Db.PartnerFilter, l => db.SeesAllPartners || l.AncestorId == db.Partner || l.DescendantId == db.Partner);

        model.Published<SupplyRow>().HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.FromId == db.Partner || r.ToId == db.Partner);
        model.Published<CustomerTieRow>().HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);
        model.Published<PartnerLineageRow>().HasQueryFilter(Db.PartnerFilter, l => db.SeesAllPartners || l.AncestorId == db.Partner || l.DescendantId == db.Partner);
    }
}
