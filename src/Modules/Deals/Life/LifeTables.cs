using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Uploads;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

internal static class LifeTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var request = model.Owned<DealRequest>("deals_request", r => new { r.TenantId, r.Id });
        request.Ignore(r => r.Fields);
        request.Property(r => r.Content).HasMaxLength(20_000);
        request.HasIndex(r => new { r.TenantId, r.DealId, r.Id });
        request.HasIndex(r => new { r.TenantId, r.State, r.DecideBy });
        request.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner || r.DistributorId == db.Partner);

        model.Owned<DealNotice>("deals_notice", n => new { n.TenantId, n.DealId, n.Kind, n.Key });

        var deal = model.Entity<Deal>();
        deal.HasIndex(d => new { d.TenantId, d.DistributorId, d.State, d.CreatedAt });
        deal.HasIndex(d => new { d.TenantId, d.RenewalOf }).HasFilter("renewal_of IS NOT NULL");
        deal.HasIndex(d => new { d.TenantId, d.CreatedAt, d.Id }, "IX_deals_deal_account_pending").HasFilter("account_state = 'pending'");

        var upload = model.Owned<Upload>("deals_upload", u => new { u.TenantId, u.Id });
        upload.HasIndex(u => new { u.TenantId, u.PartnerId, u.Id });
        upload.Ignore(u => u.Columns);
        upload.Ignore(u => u.Fields);
        upload.HasQueryFilter(Db.PartnerFilter, u => db.SeesAllPartners || u.PartnerId == db.Partner);
        var row = model.Owned<UploadRow>("deals_upload_row", r => new { r.TenantId, r.UploadId, r.Number });
        row.Property(r => r.Cells).HasMaxLength(UploadSheet.LongestRow);
        row.Ignore(r => r.Values);
        row.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || db.Set<Upload>().Any(u => u.TenantId == r.TenantId && u.Id == r.UploadId && u.PartnerId == db.Partner));

        var mail = model.Owned<IntakeMail>("deals_intake", m => new { m.TenantId, m.Id });
        mail.HasIndex(m => new { m.TenantId, m.MessageKey }).IsUnique();
        mail.HasIndex(m => new { m.TenantId, m.PersonId });
        mail.HasIndex(m => new { m.TenantId, m.MessageFile });
        Intake.Mailboxes.MailboxTables.Map(model, db);
        model.Owned<IntakeSetting>("deals_intake_setting", s => new { s.TenantId });
        mail.HasQueryFilter(Db.PartnerFilter, m => db.SeesAllPartners || m.PartnerId == db.Partner);
    }
}
