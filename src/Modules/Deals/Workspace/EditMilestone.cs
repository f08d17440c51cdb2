using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A milestone as it shall be; without an owner it stays in the hands in which it is.</summary>
/// <param name="OwnedBy">In whose hands it is by name: <c>vendor</c>, <c>customer</c>, the id of a partner on the deal, or the id of a person.</param>
internal sealed record MilestoneChange(DealId Deal, MilestoneId Milestone, string? Title, DealSide? Owner, DateOnly? DueOn, long? Version = null, string? OwnedBy = null);

/// <summary>Changes the words, the owner or the day of a milestone; a new owner is told. Its stage is its place in the plan and stays.</summary>
internal sealed class EditMilestone(Work work, WorkspaceMail mail) : UseCase<MilestoneChange, MilestoneId>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<MilestoneId>> HandleAsync(MilestoneChange input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Plan, null, ct);
        if (!found.Ok) return found.Problem;
        var milestone = await Db.Set<Milestone>().SingleOrDefaultAsync(m => m.Id == input.Milestone && m.DealId == input.Deal, ct);
        if (milestone is null) return WorkspaceProblems.NoMilestone();
        if (input.Version is { } seen && seen != milestone.Version) return Problem.Stale();
        var check = new Check().Text(input.Title, "title", "The milestone").That(WorkspaceDays.Fits(Work, input.DueOn, milestone.DueOn), "dueOn", WorkspaceDays.Words);
        if (check.Problem is { } problem) return problem;
        var before = MilestoneOwners.Key(milestone);
        if (await MilestoneOwners.GiveAsync(Work, found.Value, milestone, input.Owner, input.OwnedBy, ct) is { } nobody) return nobody;
        if (milestone.DueOn != input.DueOn) (milestone.DueOn, milestone.RemindedAt) = (input.DueOn, null);
        milestone.Title = input.Title!.Trim();
        if (before != MilestoneOwners.Key(milestone) && milestone.DoneAt is null) await mail.MilestoneGivenAsync(found.Value, milestone, ct);
        return milestone.Id;
    }
}
