using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Insights.Flow;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>What partners have achieved, for their segments: the same rows and rules as the figures of each, of all of them in three statements.</summary>
internal sealed class PartnerAchievements(Work work) : IPartnerAchievements
{
    public async Task<IReadOnlyList<PartnerAchievement>> LastYearAsync(CancellationToken ct)
    {
        var window = Window.Parse(null, null, null, work.Today);
        var (from, to, flow) = (window.From, window.To, work.Db.Set<FlowRow>().AsNoTracking());
        var sent = await flow.Where(r => r.RegisteredOn >= from && r.RegisteredOn <= to).GroupBy(r => r.PartnerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var closed = (await flow.Where(r => (r.State == DealState.Won || r.State == DealState.Lost) && r.ClosedOn >= from && r.ClosedOn <= to).GroupBy(r => new { r.PartnerId, r.State }).Select(g => new { g.Key.PartnerId, g.Key.State, Count = g.Count() }).ToListAsync(ct))
            .GroupBy(c => c.PartnerId).ToDictionary(g => g.Key, g => (Won: g.Where(c => c.State == DealState.Won).Sum(c => c.Count), All: g.Sum(c => c.Count)));
        var won = await Figures.RowsBehind(work, Metric.Sourced, new Scope(window)).GroupBy(c => c.PartnerId).Select(g => new { g.Key, Amount = g.Sum(c => c.DealAmount) }).ToDictionaryAsync(g => g.Key, g => g.Amount, ct);
        return [.. sent.Keys.Union(closed.Keys).Union(won.Keys).Select(p => new PartnerAchievement(p, sent.GetValueOrDefault(p), won.GetValueOrDefault(p), BasisPoints(closed.GetValueOrDefault(p))))];
    }

    private static int? BasisPoints((int Won, int All) closed) => FunnelFigures.Rate(closed.Won, closed.All) is { } rate ? (int)Math.Round(rate * 10_000) : null;
}
