using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Merging;

internal static class MergeTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var merge = model.Owned<PartnerMerge>("partners_merge", m => new { m.TenantId, m.Id });
        merge.HasIndex(m => new { m.TenantId, m.IntoId });
        merge.HasIndex(m => new { m.TenantId, m.FromId });
        merge.Property(m => m.Snapshot).HasMaxLength(10_000_000);
        merge.HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners);
    }
}
