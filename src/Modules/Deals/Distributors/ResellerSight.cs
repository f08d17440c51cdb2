using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Distributors;

/// <summary>
/// What a distributor may see of the deals of one of its resellers, or a parent of those of a subsidiary, where the vendor has said so. Without a row the deals of a
/// reseller that it supplies itself are shown as a summary, and those of a subsidiary, or of a reseller of its distributor, not at all. It counts only as long as the two are tied.
/// </summary>
internal sealed class ResellerSight : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PartnerId DistributorId { get; init; }
    public PartnerId ResellerId { get; init; }
    public DealVisibility Level { get; set; }

    /// <summary>The parts that the level stood for when it was set; null in rows of before.</summary>
    public int? Reads { get; set; }

    public string SetByName { get; set; } = "";
    public DateTime SetAt { get; set; }
    public long Version { get; set; }
}

internal static class DistributorTables
{
    public static void Map(ModelBuilder model, Db db)
    {
        var sight = model.Owned<ResellerSight>("deals_reseller_sight", s => new { s.TenantId, s.DistributorId, s.ResellerId });
        sight.HasIndex(s => new { s.TenantId, s.ResellerId });
        sight.HasQueryFilter(Db.PartnerFilter, s => db.SeesAllPartners || s.DistributorId == db.Partner || s.ResellerId == db.Partner);
    }
}
