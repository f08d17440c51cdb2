using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>How many deals stand in each of a partner's views: two queries, however many views.</summary>
internal sealed record MyCounts(IReadOnlyDictionary<DealState, int> ByState, int Expiring, int Shared)
{
    public long Of(DealView view) => view switch
    {
        DealView.Open => Sum(DealState.Draft, DealState.Submitted, DealState.InReview, DealState.InfoRequested),
        DealView.Approved => Sum(DealLifecycle.Claiming),
        DealView.Rejected => Sum(DealState.Rejected, DealState.Revoked),
        DealView.Won => Sum(DealState.Won),
        DealView.Expiring => Expiring,
        DealView.Shared => Shared,
        _ => ByState.Values.Sum(),
    };

    private long Sum(params DealState[] states) => states.Sum(s => ByState.GetValueOrDefault(s));

    public static async Task<MyCounts> FindAsync(Work work, CancellationToken ct)
    {
        if (work.Actor.Partner is not { } mine) return new MyCounts(new Dictionary<DealState, int>(), 0, 0);
        var (today, soon) = (work.Today, work.Today.AddDays(DealList.Soon));
        var own = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).HeldBy(work.Db, mine)
            .GroupBy(d => d.State).Select(g => new { g.Key, All = g.Count(), Soon = g.Count(d => d.ExpiresOn >= today && d.ExpiresOn <= soon) }).ToListAsync(ct);
        var shared = await work.Db.Set<DealMember>().CountAsync(m => m.PartnerId == mine && (m.State == MemberState.Invited || m.State == MemberState.Accepted), ct);
        return new MyCounts(own.ToDictionary(g => g.Key, g => g.All), own.FirstOrDefault(g => g.Key == DealState.Approved)?.Soon ?? 0, shared);
    }
}
