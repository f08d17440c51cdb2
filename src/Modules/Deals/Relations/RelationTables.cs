using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Relations.Plays;
using Trellis.Kernel;

namespace Trellis.Deals.Relations;

internal static class RelationTables
{
    // A portal actor sees that its own partner holds or has claimed a relation, and nothing of who else does.
    public static void Map(ModelBuilder model, Db db)
    {
        var relation = model.Owned<CustomerRelation>("deals_relation", r => new { r.TenantId, r.Id });
        relation.HasIndex(r => new { r.TenantId, r.AccountId, r.EndedAt });
        relation.HasIndex(r => new { r.TenantId, r.PartnerId, r.EndedAt });
        relation.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners || r.PartnerId == db.Partner);

        var claim = model.Owned<RelationClaim>("deals_relation_claim", c => new { c.TenantId, c.Id });
        claim.HasIndex(c => new { c.TenantId, c.DealId, c.Id });
        claim.HasIndex(c => new { c.TenantId, c.State, c.ClaimedAt, c.Id });
        claim.HasIndex(c => new { c.TenantId, c.PartnerId, c.ClaimedAt, c.Id });
        claim.HasQueryFilter(Db.PartnerFilter, c => db.SeesAllPartners || c.PartnerId == db.Partner);

        var review = model.Owned<PlayReview>("deals_play_review", r => new { r.TenantId, r.Id });
        review.HasIndex(r => new { r.TenantId, r.Place, r.Key }).IsUnique();
        review.HasIndex(r => new { r.TenantId, r.ReviewedAt, r.Id });
        review.HasQueryFilter(Db.PartnerFilter, r => db.SeesAllPartners);
    }
}
