using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Incentives.Jobs;

/// <summary>By the clock: holds that have ended are released, and plans whose last day has passed are retired.</summary>
internal sealed class ReleaseHolds(Work work, ReleaseDue release, RetirePlans retire) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var retired = await retire.RunAsync(work.Today, ct);
        var released = await release.RunAsync(work.Today, ct);
        return released.Then(_ => retired.Then<Done>(_ => default(Done)));
    }
}

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
