using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

internal static class RecordTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var tag = model.Owned<Tag>("partners_tag", t => new { t.TenantId, t.PartnerId, t.Key });
        tag.HasIndex(t => new { t.TenantId, t.Key, t.PartnerId });
        tag.Property(t => t.Key).HasMaxLength(200);
        tag.Property(t => t.Label).HasMaxLength(200);
        tag.HasQueryFilter(Db.PartnerFilter, t => db.SeesAllPartners);

        var contribution = model.Owned<Contribution>("partners_contribution", c => new { c.TenantId, c.Id });
        contribution.HasIndex(c => new { c.TenantId, c.PartnerId, c.On });
        contribution.HasIndex(c => new { c.TenantId, c.WithId });
        contribution.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);

        var file = model.Owned<PartnerFile>("partners_file", f => new { f.TenantId, f.Id });
        file.HasIndex(f => new { f.TenantId, f.PartnerId, f.Id });
        file.HasQueryFilter(Db.PartnerFilter, f => db.SeesAllPartners || (f.PartnerId == db.Partner && f.Audience == NoteAudience.Shared));
    }
}
