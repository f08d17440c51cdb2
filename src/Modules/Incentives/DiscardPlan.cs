using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Discards a draft.</summary>
internal sealed class DiscardPlan(Work work) : UseCase<PlanId, PlanId>(work)
{
    protected override Permission Permission => IncentivesPermissions.ManagePlans;

    protected override async Task<Result<PlanId>> HandleAsync(PlanId id, CancellationToken ct)
    {
        var plan = await Db.Set<Plan>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (plan is null) return IncentivesProblems.NoPlan();
        var moved = Work.Move(PlanLifecycle.Machine, plan.Id.ToString(), plan.State, PlanTrigger.Discard);
        if (!moved.Ok) return moved.Problem;
        plan.State = moved.Value;
        return plan.Id;
    }
}
