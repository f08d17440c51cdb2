using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Profiling;

internal static class ProfilingTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var expertise = model.Owned<Expertise>("partners_expertise", e => new { e.TenantId, e.PartnerId });
        expertise.HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners || e.PartnerId == db.Partner);

        var trait = model.Owned<Trait>("partners_trait", t => new { t.TenantId, t.PartnerId, t.Kind, t.Key });
        trait.HasIndex(t => new { t.TenantId, t.Kind, t.Key, t.PartnerId });
        trait.Property(t => t.Key).HasMaxLength(400);
        trait.Property(t => t.Label).HasMaxLength(400);
        trait.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);

        model.Published<PartnerTraitRow>().HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners || t.PartnerId == db.Partner);
        model.Published<PartnerCapacityRow>().HasQueryFilter(Db.PartnerFilter, e => db.SeesAllPartners || e.PartnerId == db.Partner);
    }
}
