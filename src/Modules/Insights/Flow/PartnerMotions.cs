using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>
/// Deals of each motion of a partner: its own registrations under the motion in which they were made, as in every figure by motion; its part in the deals of others under the motion of its role there.
/// </summary>
internal sealed class PartnerMotions(Work work) : IMotionFigures
{
    private static readonly DealState[] Open = [DealState.Submitted, DealState.InReview, DealState.InfoRequested, DealState.Approved, DealState.Converted];

    public async Task<IReadOnlyList<MotionFigure>> OfAsync(PartnerId partner, CancellationToken ct)
    {
        if (!work.Actor.May(InsightsPermissions.View)) return [];
        var own = await work.Db.Set<FlowRow>().Where(r => r.PartnerId == partner && r.Motion != null && (r.State == DealState.Won || Open.Contains(r.State)))
            .GroupBy(r => new { r.Motion, r.State }).Select(g => new Sum(g.Key.Motion!.Value, g.Key.State, g.Count(), g.Sum(r => r.Amount))).ToListAsync(ct);
        var parts = await (
            from m in work.Db.Set<DealMemberRow>()
            join d in work.Db.Set<DealRow>() on new { m.TenantId, Id = m.DealId } equals new { d.TenantId, d.Id }
            where m.PartnerId == partner && d.PartnerId != partner && m.State == MemberState.Accepted && m.Role != DealRole.Source && (d.State == DealState.Won || Open.Contains(d.State))
            group d by new { m.Role, d.State } into g
            select new { g.Key.Role, g.Key.State, Deals = g.Count(), Amount = g.Sum(d => d.MainAmount) }).ToListAsync(ct);
        var shown = work.Db.ReadsAmounts();
        return
        [
            .. from row in own.Concat(parts.Select(p => new Sum(MotionOf(p.Role), p.State, p.Deals, p.Amount)))
               group row by row.Motion into g
               let won = g.Where(r => r.State == DealState.Won).ToList()
               let open = g.Where(r => r.State != DealState.Won).ToList()
               select new MotionFigure(g.Key, open.Sum(r => r.Deals), shown ? open.Sum(r => r.Amount) : null, won.Sum(r => r.Deals), shown ? won.Sum(r => r.Amount) : null),
        ];
    }

    /// <summary>The motion in which a partner works that has this role on another's deal.</summary>
    internal static Motion MotionOf(DealRole role) => role switch
    {
        DealRole.Influence => Motion.Influence,
        DealRole.Resell => Motion.Resell,
        DealRole.Deliver or DealRole.Integrate => Motion.Deliver,
        DealRole.Retain => Motion.Retain,
        DealRole.Marketplace => Motion.Marketplace,
        DealRole.Source => Motion.CoSell,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    private sealed record Sum(Motion Motion, DealState State, int Deals, long Amount);
}
