using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

internal static class ConflictTables
{
    // A portal actor sees a conflict that it is in, from the moment somebody disputed it; of what was said, its own company's words.
    public static void Map(ModelBuilder model, Db db)
    {
        var conflict = model.Owned<Conflict>("deals_conflict", c => new { c.TenantId, c.Id });
        conflict.Ignore(c => c.IsOpen).Ignore(c => c.HasTwoPartners);
        conflict.HasIndex(c => new { c.TenantId, c.State, c.DueAt });
        conflict.HasIndex(c => new { c.TenantId, c.OpenedAt, c.Id });
        conflict.HasIndex(c => new { c.TenantId, c.DealId });
        conflict.HasIndex(c => new { c.TenantId, c.OtherDealId });
        conflict.HasIndex(c => new { c.TenantId, c.AccountId });
        conflict.HasIndex(c => new { c.TenantId, c.PartnerId });
        conflict.HasIndex(c => new { c.TenantId, c.OtherPartnerId });
        conflict.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || (c.Shown && (c.PartnerId == db.Partner || c.OtherPartnerId == db.Partner)));

        var statement = model.Owned<ConflictStatement>("deals_conflict_statement", s => new { s.TenantId, s.Id });
        statement.HasIndex(s => new { s.TenantId, s.ConflictId, s.Id });
        statement.HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners || s.PartnerId == db.Partner);

        var key = model.Owned<ClaimKey>("deals_claim_key", k => new { k.TenantId, k.Key, k.DealId });
        key.HasIndex(k => new { k.TenantId, k.DealId });
        key.HasQueryFilter(Db.PartnerFilter, k => db.SeesAllPartners);
    }
}
