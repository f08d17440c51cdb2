using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Incentives.Jobs;

/// <summary>Retires published plans that another one has taken over from.</summary>
internal sealed class RetirePlans(Work work) : UseCase<DateOnly, int>(work)
{
    protected override Permission Permission => IncentivesPermissions.Accrue;

    protected override async Task<Result<int>> HandleAsync(DateOnly today, CancellationToken ct)
    {
        var over = await Db.Set<Plan>().Where(p => p.State == PlanState.Published && p.EffectiveUntil < today).ToListAsync(ct);
        foreach (var plan in over)
        {
            var moved = Work.Move(PlanLifecycle.Machine, plan.Id.ToString(), plan.State, PlanTrigger.Retire, "The next plan has taken over.");
            if (!moved.Ok) return moved.Problem;
            plan.State = moved.Value;
        }

        return over.Count;
    }
}
