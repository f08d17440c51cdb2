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

    /// <summary>Puts back what was removed.</summary>
    Restore,
}

internal sealed record MilestoneInput(DealId Deal, MilestoneId Milestone, MilestoneAct Act, long? Version = null);

/// <summary>Finishes a milestone, opens it again, moves it within its stage, takes it away, or puts it back.</summary>
internal sealed class ChangeMilestone(Work work, FreeLeft left) : UseCase<MilestoneInput, MilestoneId>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<MilestoneId>> HandleAsync(MilestoneInput input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Plan, null, ct);
        if (!found.Ok) return found.Problem;
        await Work.LockAsync($"deal-plan:{input.Deal}", ct);
        var plan = await Db.Set<Milestone>().Where(m => m.DealId == input.Deal).OrderBy(m => m.Place).ToListAsync(ct);
        var milestone = input.Act == MilestoneAct.Restore
            ? await Db.Set<Milestone>().Removed(Work.Now).SingleOrDefaultAsync(m => m.Id == input.Milestone && m.DealId == input.Deal, ct) : plan.Find(m => m.Id == input.Milestone);
        if (milestone is null) return WorkspaceProblems.NoMilestone();
        if (input.Version is { } seen && seen != milestone.Version) return Problem.Stale();
        switch (input.Act)
        {
            case MilestoneAct.Finish when milestone.DoneAt is null: (milestone.DoneAt, milestone.DoneByName, milestone.DoneByPartner) = (Work.Now, Work.Actor.Name, Work.Actor.Partner); break;
            case MilestoneAct.Reopen:
                (milestone.DoneAt, milestone.DoneByName, milestone.DoneByPartner, milestone.RemindedAt) = (null, null, null, null);
                await left.ReopenedAsync(milestone, ct);
                break;
            case MilestoneAct.Remove: milestone.TakeOff(Work); break;
            case MilestoneAct.Restore when plan.Count >= AddMilestone.Most: return WorkspaceProblems.TooMany("milestones", AddMilestone.Most);
            case MilestoneAct.Restore:
                milestone.PutBack();
                if (!Fits(plan, milestone)) milestone.Place = AddMilestone.PlaceAtEnd(plan, milestone.Stage);
                break;
            case MilestoneAct.Earlier or MilestoneAct.Later: Swap(plan, milestone, input.Act == MilestoneAct.Earlier ? -1 : 1); break;
        }

        return milestone.Id;
    }

    // Its place may have been given to another, or the plan numbered afresh.
    private static bool Fits(List<Milestone> plan, Milestone milestone) =>
        plan.TrueForAll(m => m.Place != milestone.Place && (m.Place < milestone.Place ? m.Stage <= milestone.Stage : m.Stage >= milestone.Stage));

    // Within its stage only: the order of the stages is the pursuit's own.
    private static void Swap(List<Milestone> plan, Milestone milestone, int step)
    {
        var other = plan.ElementAtOrDefault(plan.IndexOf(milestone) + step);
        if (other is null || other.Stage != milestone.Stage) return;
        (milestone.Place, other.Place) = (other.Place, milestone.Place);
    }
}
