using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights.Fairness;

internal static class FairnessTables
{
    // The figures are the same for everybody who may see them; of the rows a portal actor sees its partner's.
    public static void Map(ModelBuilder model, Db db)
    {
        var row = model.Owned<FairRow>("insights_fair_row", r => new { r.TenantId, r.Id });
        row.HasIndex(r => new { r.TenantId, r.Measure, r.Day, r.Id });
        row.HasIndex(r => new { r.TenantId, r.PartnerId, r.Measure, r.Counted });
        row.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner);

        var run = model.Owned<FairRun>("insights_fair_run", r => r.TenantId);
        run.Property(r => r.Figures).HasMaxLength(100_000);
        model.Owned<FairSetting>("insights_fair_setting", s => s.TenantId);
    }
}
