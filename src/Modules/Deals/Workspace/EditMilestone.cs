using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A milestone as it shall be; without an owner it stays in the hands in which it is.</summary>
internal sealed record MilestoneChange(DealId Deal, MilestoneId Milestone, string? Title, DealSide? Owner, DateOnly? DueOn, long? Version = null);

/// <summary>Changes the words, the side or the day of a milestone. Its stage is its place in the plan and stays.</summary>
internal sealed class EditMilestone(Work work) : UseCase<MilestoneChange, MilestoneId>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<MilestoneId>> HandleAsync(MilestoneChange input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealVisibility.Summary, null, ct);
        if (!found.Ok) return found.Problem;
        var milestone = await Db.Set<Milestone>().SingleOrDefaultAsync(m => m.Id == input.Milestone && m.DealId == input.Deal, ct);
        if (milestone is null) return WorkspaceProblems.NoMilestone();
        if (input.Version is { } seen && seen != milestone.Version) return Problem.Stale();
        var check = new Check().Text(input.Title, "title", "The milestone").That(WorkspaceDays.Fits(Work, input.DueOn, milestone.DueOn), "dueOn", WorkspaceDays.Words);
        if (check.Problem is { } problem) return problem;
        (milestone.Title, milestone.Owner, milestone.DueOn) = (input.Title!.Trim(), input.Owner ?? milestone.Owner, input.DueOn);
        return milestone.Id;
    }
}
