using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

internal static class ImportTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var import = model.Owned<PartnerImport>("partners_import", i => new { i.TenantId, i.Id });
        import.Property(i => i.Header).HasMaxLength(30_000);
        import.Property(i => i.Mapping).HasMaxLength(30_000);
        import.HasQueryFilter(Db.PartnerFilter, i => db.SeesAllPartners);

        var row = model.Owned<PartnerImportRow>("partners_import_row", r => new { r.TenantId, r.ImportId, r.Number });
        row.HasIndex(r => new { r.TenantId, r.ImportId, r.Outcome, r.Number });
        row.HasIndex(r => new { r.TenantId, r.PartnerId });
        row.Property(r => r.Cells).HasMaxLength(PartnerTable.LongestRow);
        row.Property(r => r.Text).HasMaxLength(4000);
        row.Property(r => r.Before).HasMaxLength(30_000);
        row.Property(r => r.KeptBecause).HasMaxLength(500);
        row.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners);
    }
}
