using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights.Flow;

internal static class FlowTables
{
    // A portal actor sees the way of its own registrations; the days are of all partners together.
    public static void Map(ModelBuilder model, Db db)
    {
        var row = model.Owned<FlowRow>("insights_flow", r => new { r.TenantId, r.DealId });
        row.HasIndex(r => new { r.TenantId, r.PartnerId, r.RegisteredOn, r.DealId });
        // Registrations by partner in a time are counted from the index alone.
        row.HasIndex(r => new { r.TenantId, r.RegisteredOn, r.DealId, r.PartnerId });
        row.HasIndex(r => new { r.TenantId, r.DecidedOn, r.DealId });
        row.HasIndex(r => new { r.TenantId, r.ConvertedOn, r.DealId });
        row.HasIndex(r => new { r.TenantId, r.State, r.ClosedOn, r.DealId });
        row.HasIndex(r => new { r.TenantId, r.State, r.ExpectedOn, r.DealId });
        row.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner);

        var day = model.Owned<FlowDay>("insights_flow_day", d => new { d.TenantId, d.Day, d.Step, d.Motion, d.Tier, d.Took });
        day.Property(d => d.Motion).HasMaxLength(40);
        day.HasQueryFilter(Db.PartnerFilter, d => db.SeesAllPartners);
    }
}
