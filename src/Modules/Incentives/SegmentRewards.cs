using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>The plans, drafted or in force, that reward a segment.</summary>
internal sealed class SegmentRewards(Work work) : ISegmentUses
{
    public async Task<IReadOnlyList<SegmentUse>> OfAsync(SegmentId segment, CancellationToken ct)
    {
        if (!work.Actor.May(IncentivesPermissions.ViewPlans) || work.Actor.IsPartner) return [];
        var rows = await (
            from r in work.Db.Set<PlanReward>().AsNoTracking()
            join p in work.Db.Set<Plan>() on new { r.TenantId, Id = r.PlanId } equals new { p.TenantId, p.Id }
            where r.SegmentId == segment && p.State != PlanState.Retired
            orderby p.Number descending
            select new { p.Id, p.Number, p.State, r.Name, r.BasisPoints }).Take(20).ToListAsync(ct);
        var own = rows.Exists(r => r.State == PlanState.Published) && await Segments.SelfDeclaredAsync(work, [segment], ct) is { Count: > 0 };
        return [.. rows.Select(r => new SegmentUse($"Plan {r.Number} rewards it: “{r.Name}”, + {EarningPage.Percent(r.BasisPoints)}", $"/app/incentives/plans#{r.Id}")
        {
            Warning = own && r.State == PlanState.Published ? $"Plan {r.Number} pays by it, and partners can put themselves into it. Make a segment that goes by what you decide, such as tier, tags, motion, time or confirmed certifications, and a new plan that rewards it." : null,
        })];
    }

    // What a published plan pays must not change by the hands of somebody who may not write plans.
    public async Task<Problem?> HoldsAsync(SegmentId segment, CancellationToken ct)
    {
        var plan = await (
            from r in work.Db.Set<PlanReward>().AsNoTracking()
            join p in work.Db.Set<Plan>() on new { r.TenantId, Id = r.PlanId } equals new { p.TenantId, p.Id }
            where r.SegmentId == segment && p.State == PlanState.Published
            orderby p.Number descending
            select (int?)p.Number).FirstOrDefaultAsync(ct);
        return plan is { } number ? IncentivesProblems.SegmentRewarded(number) : null;
    }
}
