using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>What a partner shows the vendor's direct team of one deal; without a row, everything. A portal actor sees none.</summary>
[PublishedRow("deals_direct_sight")]
public sealed class DealSightRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public DealVisibility Level { get; init; }

    /// <summary>The parts that the level stood for when it was set; null in rows of before.</summary>
    public int? Reads { get; init; }
}

/// <summary>For other modules: which deals' amounts must not be shown to who asks. A partner's own filters say the same for the portal.</summary>
public static class DealSights
{
    /// <summary>Those of a partner's people whose roles there let them read amounts of its deals: whoever is told one.</summary>
    public static Task<List<PersonId>> AmountReadersAsync(Work work, PartnerId partner, List<PersonId> people, CancellationToken ct) => DealPeople.ReadingAsync(work, partner, people, DealPart.Figures, ct);

    /// <summary>The deals whose amounts the vendor's direct team, or somebody of a partner by the roles there, does not read; null for everybody from whom nothing is hidden.</summary>
    public static IQueryable<DealId>? Hidden(Work work)
    {
        if (work.Actor.IsPartner) return work.Db.ReadsAmounts() ? null : work.Db.Set<DealRow>().Select(d => d.Id);
        return work.Actor.May(DealsPermissions.SeeAll) ? null : work.Db.Set<DealSightRow>()
            .Where(s => (s.Reads == null && (s.Level == DealVisibility.None || s.Level == DealVisibility.Counts)) || (s.Reads != null && (s.Reads.Value & PartBits.Figures) == 0)).Select(s => s.DealId);
    }
}
