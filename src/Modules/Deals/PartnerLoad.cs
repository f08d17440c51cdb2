using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Registrations that wait for a decision, by the managers of their partners.</summary>
internal sealed class ReviewLoad(Work work) : IManagerLoad
{
    public string Label => "Registrations in review";

    public Permission Permission => DealsPermissions.View;

    public async Task<IReadOnlyDictionary<PersonId, int>> CountAsync(CancellationToken ct)
    {
        var counted = await (
            from d in work.Db.Set<Deal>().AsNoTracking()
            join p in work.Db.Set<PartnerRow>() on new { d.TenantId, Id = d.PartnerId } equals new { p.TenantId, p.Id }
            where d.State == DealState.InReview
            group d by p.ManagerId into g
            select new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return counted.ToDictionary(c => c.Key ?? default, c => c.Count);
    }
}

/// <summary>
/// Deals of each motion of a partner: its own count under the selling motion that the rules take for it, its part in the deals of others under the motion of its role there.
/// </summary>
internal sealed class DealMotionFigures(Work work) : IMotionFigures
{
    public async Task<IReadOnlyList<MotionFigure>> OfAsync(PartnerId partner, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.View)) return [];
        var motions = await work.Db.Set<PartnerMotionRow>().Where(m => m.PartnerId == partner && m.State != MotionState.Ended).Select(m => m.Motion).ToListAsync(ct);
        var own = await work.Db.Set<DealRow>().Where(d => d.PartnerId == partner && d.State != DealState.Draft).GroupBy(d => d.State)
            .Select(g => new Row(DealRole.Source, g.Key, g.Count(), g.Sum(d => d.MainAmount))).ToListAsync(ct);
        var parts = await (
            from m in work.Db.Set<DealMemberRow>()
            join d in work.Db.Set<DealRow>() on new { m.TenantId, Id = m.DealId } equals new { d.TenantId, d.Id }
            where m.PartnerId == partner && d.PartnerId != partner && m.State == MemberState.Accepted && m.Role != DealRole.Source && d.State != DealState.Draft
            group d by new { m.Role, d.State } into g
            select new Row(g.Key.Role, g.Key.State, g.Count(), g.Sum(d => d.MainAmount))).ToListAsync(ct);
        return
        [
            .. from row in own.Concat(parts)
               let motion = MotionOf(row.Role, motions)
               where motion is not null
               group row by motion.Value into g
               let open = g.Where(r => DealLifecycle.Pending.Contains(r.State) || DealLifecycle.Claiming.Contains(r.State)).ToList()
               let won = g.Where(r => r.State == DealState.Won).ToList()
               select new MotionFigure(g.Key, open.Sum(r => r.Deals), open.Sum(r => r.Amount), won.Sum(r => r.Deals), won.Sum(r => r.Amount)),
        ];
    }

    /// <summary>The motion under which a deal counts, of those that the partner has; null where it has none.</summary>
    internal static Motion? MotionOf(DealRole role, IReadOnlyCollection<Motion> motions) => role switch
    {
        DealRole.Influence => Motion.Influence,
        DealRole.Resell => Motion.Resell,
        DealRole.Deliver => Motion.Deliver,
        DealRole.Retain => Motion.Retain,
        _ => Cases.FirstSelling(motions),
    };

    private sealed record Row(DealRole Role, DealState State, int Deals, long Amount);
}
