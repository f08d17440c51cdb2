using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>
/// Publishes a draft. The first plan may begin in the past; every later one begins today or later and after the one before, which then ends the day
/// before. So what was won is never computed twice by different plans.
/// </summary>
internal sealed class PublishPlan(Work work) : UseCase<PlanId, PlanId>(work)
{
    protected override Permission Permission => IncentivesPermissions.ManagePlans;

    protected override async Task<Result<PlanId>> HandleAsync(PlanId id, CancellationToken ct)
    {
        await Work.LockAsync("incentives.plans", ct);
        var plan = await Db.Set<Plan>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (plan is null) return IncentivesProblems.NoPlan();
        var moved = Work.Move(PlanLifecycle.Machine, plan.Id.ToString(), plan.State, PlanTrigger.Publish);
        if (!moved.Ok) return moved.Problem;
        if (await RewardsAsync(id, ct) is { } problem) return problem;
        var before = await Db.Set<Plan>().Where(p => p.PublishedAt != null && p.EffectiveUntil == null).OrderByDescending(p => p.EffectiveFrom).FirstOrDefaultAsync(ct);
        if (before is not null)
        {
            var earliest = before.EffectiveFrom >= Work.Today ? before.EffectiveFrom.AddDays(1) : Work.Today;
            if (plan.EffectiveFrom < earliest) return IncentivesProblems.PlanTooEarly(earliest);
            before.EffectiveUntil = plan.EffectiveFrom.AddDays(-1);
        }

        (plan.State, plan.PublishedAt, plan.PublishedBy) = (moved.Value, Work.Now, Work.Actor.Name);
        return plan.Id;
    }

    // Money must not go by what its receivers write themselves.
    private async Task<Problem?> RewardsAsync(PlanId id, CancellationToken ct)
    {
        var rewarded = await Db.Set<PlanReward>().AsNoTracking().Where(r => r.PlanId == id).Select(r => r.SegmentId).ToListAsync(ct);
        if (rewarded.Count == 0) return null;
        var found = await Segments.FoundationsAsync(Work, rewarded, ct);
        if (found.Count < rewarded.Count) return IncentivesProblems.SegmentGone();
        return found.Where(f => f.SelfDeclared).Select(f => f.Name).ToList() is { Count: > 0 } own ? IncentivesProblems.SelfDeclared(own) : null;
    }
}
