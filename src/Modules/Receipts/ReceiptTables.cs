using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

internal static class ReceiptTables
{
    // A portal actor sees its partner's receipts. Links and roots hold hashes only, and are the same for everybody.
    public static void Map(ModelBuilder model, Db db)
    {
        var receipt = model.Owned<Receipt>("receipts_receipt", r => new { r.TenantId, r.Id });
        receipt.Ignore(r => r.Opened);
        receipt.Property(r => r.Content).HasMaxLength(20_000);
        receipt.HasIndex(r => new { r.TenantId, r.Subject, r.Id });
        receipt.HasIndex(r => new { r.TenantId, r.At, r.Id });
        receipt.HasIndex(r => new { r.TenantId, r.PartnerId, r.At, r.Id });
        receipt.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner);

        model.Published<ReceiptRow>().HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner);

        model.Owned<WaitingReceipt>("receipts_waiting", w => new { w.TenantId, w.Id });

        var link = model.Owned<Link>("receipts_link", l => new { l.TenantId, l.Sequence });
        link.Property(l => l.Sequence).ValueGeneratedNever();
        link.HasIndex(l => new { l.TenantId, l.ReceiptId }).IsUnique();
        link.HasIndex(l => new { l.TenantId, l.Day, l.Sequence });

        var root = model.Owned<DayRoot>("receipts_root", r => new { r.TenantId, r.Day });
        root.Property(r => r.Day).ValueGeneratedNever();

        var key = model.Entity<KeyRow>();
        key.ToTable("receipts_key");
        key.HasKey(k => k.Id);
    }
}
