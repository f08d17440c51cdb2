using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

internal static class CoalitionTables
{
    // The holder sees every agreement of its deals; another partner its own, once the holder has consented. A formation belongs to who saved it.
    public static void Map(ModelBuilder model, Db db)
    {
        var agreement = model.Owned<CoalitionAgreement>("deals_agreement", a => new { a.TenantId, a.Id });
        agreement.HasIndex(a => new { a.TenantId, a.DealId, a.Id });
        agreement.HasIndex(a => new { a.TenantId, a.PartnerId, a.State });
        agreement.HasIndex(a => new { a.TenantId, a.State, a.HolderId });
        agreement.Ignore(a => a.Terms);
        agreement.HasQueryFilter(Db.PartnerFilter, a => db.SeesAllPartners || a.HolderId == db.Partner || (a.PartnerId == db.Partner && a.ConsentedAt != null));

        var formation = model.Owned<Formation>("deals_formation", f => new { f.TenantId, f.Id });
        formation.HasIndex(f => new { f.TenantId, f.OwnerId, f.Name });
        formation.Ignore(f => f.Places);
        formation.HasQueryFilter(Db.PartnerFilter, f => db.SeesAllPartners || f.OwnerId == db.Partner);
    }
}
