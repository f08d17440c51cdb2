using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

internal static class CompanyTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        model.Owned<Company>("identity_company", c => new { c.TenantId, c.Id }).HasIndex(c => new { c.TenantId, c.PartnerId });
        model.Owned<CompanyGroup>("identity_company_group", g => new { g.TenantId, g.CompanyId, g.Group });
        model.Owned<CompanyAccount>("identity_company_account", a => new { a.TenantId, a.CompanyId, a.Subject });
        var asked = model.Owned<CompanyProposal>("identity_company_proposal", p => new { p.TenantId, p.Id });
        asked.HasIndex(p => new { p.TenantId, p.PartnerId }).IsUnique();
        asked.HasQueryFilter(Db.PartnerFilter, p => db.SeesAllPartners || p.PartnerId == db.Partner);

        var domain = model.Entity<CompanyDomain>();
        domain.ToTable("identity_company_domain");
        domain.HasKey(d => d.Domain);
    }
}
