using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal enum MilestoneAct
{
    Finish,
    Reopen,
    Earlier,
    Later,
    Remove,
}

internal sealed record MilestoneInput(DealId Deal, MilestoneId Milestone, MilestoneAct Act, long? Version = null);

/// <summary>Finishes a milestone, opens it again, moves it within its stage, or takes it away.</summary>
internal sealed class ChangeMilestone(Work work) : UseCase<MilestoneInput, MilestoneId>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<MilestoneId>> HandleAsync(MilestoneInput input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealVisibility.Summary, null, ct);
        if (!found.Ok) return found.Problem;
        await Work.LockAsync($"deal-plan:{input.Deal}", ct);
        var plan = await Db.Set<Milestone>().Where(m => m.DealId == input.Deal).OrderBy(m => m.Place).ToListAsync(ct);
        if (plan.Find(m => m.Id == input.Milestone) is not { } milestone) return WorkspaceProblems.NoMilestone();
        if (input.Version is { } seen && seen != milestone.Version) return Problem.Stale();
        switch (input.Act)
        {
            case MilestoneAct.Finish when milestone.DoneAt is null: (milestone.DoneAt, milestone.DoneByName, milestone.DoneByPartner) = (Work.Now, Work.Actor.Name, Work.Actor.Partner); break;
            case MilestoneAct.Reopen: (milestone.DoneAt, milestone.DoneByName, milestone.DoneByPartner) = (null, null, null); break;
            case MilestoneAct.Remove: Db.Remove(milestone); break;
            case MilestoneAct.Earlier or MilestoneAct.Later: Swap(plan, milestone, input.Act == MilestoneAct.Earlier ? -1 : 1); break;
        }

        return milestone.Id;
    }

    // Within its stage only: the order of the stages is the pursuit's own.
    private static void Swap(List<Milestone> plan, Milestone milestone, int step)
    {
        var other = plan.ElementAtOrDefault(plan.IndexOf(milestone) + step);
        if (other is null || other.Stage != milestone.Stage) return;
        (milestone.Place, other.Place) = (other.Place, milestone.Place);
    }
}
