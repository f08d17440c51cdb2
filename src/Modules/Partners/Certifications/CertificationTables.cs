using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

internal static class CertificationTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var certification = model.Owned<Certification>("partners_certification", c => new { c.TenantId, c.Id });
        certification.HasIndex(c => new { c.TenantId, c.PartnerId, c.Id });
        certification.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);
        model.Published<CertificationRow>().HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);
    }
}
