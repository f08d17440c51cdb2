using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>What a partner shows the vendor's direct team of one deal; without a row, everything. A portal actor sees none.</summary>
[PublishedRow("deals_direct_sight")]
public sealed class DealSightRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public DealVisibility Level { get; init; }
}

/// <summary>For other modules: which deals' amounts must not be shown to who asks. A partner's own filters say the same for the portal.</summary>
public static class DealSights
{
    /// <summary>The deals of which one of the vendor's direct team sees less than a summary; null for everybody from whom nothing is hidden.</summary>
    public static IQueryable<DealId>? Hidden(Work work) => work.Actor.IsPartner || work.Actor.May(DealsPermissions.SeeAll) ? null
        : work.Db.Set<DealSightRow>().Where(s => s.Level == DealVisibility.None || s.Level == DealVisibility.Counts).Select(s => s.DealId);
}
