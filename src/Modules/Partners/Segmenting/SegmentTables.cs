using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

internal static class SegmentTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var segment = model.Owned<Segment>("partners_segment", s => new { s.TenantId, s.Id });
        segment.HasIndex(s => new { s.TenantId, s.Name }).IsUnique();
        segment.Property(s => s.Conditions).HasMaxLength(100_000);
        segment.HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners);
        model.Owned<SegmentCount>("partners_segment_count", c => new { c.TenantId, c.SegmentId }).HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners);
        // What a partner achieves is asked for with its segments: the vendor's own.
        model.Owned<PerformanceRow>("partners_performance", p => new { p.TenantId, p.PartnerId }).HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners);
        model.Published<SegmentRow>().HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners);
    }
}
