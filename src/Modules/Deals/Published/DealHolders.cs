using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>The deals that a partner holds: registered by it, or by it as the distributor.</summary>
public static class DealHolders
{
    /// <summary>
    /// Those of the rows that <paramref name="partner"/> holds. Each half is found by its own index, whatever order is asked: with “one or the other” as a condition an engine would
    /// rather walk all deals of the vendor in that order.
    /// </summary>
    public static IQueryable<DealRow> HeldBy(this IQueryable<DealRow> deals, Db db, PartnerId partner)
    {
        var held = db.Set<DealRow>().Where(d => d.PartnerId == partner).Select(d => d.Id).Concat(db.Set<DealRow>().Where(d => d.DistributorId == partner).Select(d => d.Id));
        return deals.Where(d => held.Contains(d.Id));
    }

    /// <summary>The same among the deals themselves; where one status is asked for, the indexes find those of it alone.</summary>
    internal static IQueryable<Deal> HeldBy(this IQueryable<Deal> deals, Db db, PartnerId partner, DealState? state = null)
    {
        var all = state is { } one ? db.Set<Deal>().Where(d => d.State == one) : db.Set<Deal>();
        var held = all.Where(d => d.PartnerId == partner).Select(d => d.Id).Concat(all.Where(d => d.DistributorId == partner).Select(d => d.Id));
        return deals.Where(d => held.Contains(d.Id));
    }
}
