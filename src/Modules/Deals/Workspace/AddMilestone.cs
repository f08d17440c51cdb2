using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <param name="OwnedBy">In whose hands it is by name: <c>vendor</c>, <c>customer</c>, the id of a partner on the deal, or the id of a person; null for the side alone.</param>
internal sealed record NewMilestone(DealId Deal, string? Title, PursuitStage? Stage, DealSide? Owner, DateOnly? DueOn = null, long? Version = null, string? OwnedBy = null);

/// <summary>Adds a milestone at the end of its stage, and tells whose it is by name.</summary>
internal sealed class AddMilestone(Work work, WorkspaceMail mail) : UseCase<NewMilestone, MilestoneId>(work)
{
    public const int Most = 60;

    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<MilestoneId>> HandleAsync(NewMilestone input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Plan, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var check = new Check().Text(input.Title, "title", "The milestone")
            .That(input.Stage is not null, "stage", "Choose the stage.").That(input.Owner is not null || Kernel.Text.OrNull(input.OwnedBy) is not null, "side", "Choose whose hands it is in.")
            .That(WorkspaceDays.Fits(Work, input.DueOn), "dueOn", WorkspaceDays.Words);
        if (check.Problem is { } problem) return problem;
        await Work.LockAsync($"deal-plan:{input.Deal}", ct);
        var plan = await Db.Set<Milestone>().Where(m => m.DealId == input.Deal).OrderBy(m => m.Place).ToListAsync(ct);
        if (plan.Count >= Most) return WorkspaceProblems.TooMany("milestones", Most);
        var milestone = new Milestone
        {
            TenantId = Work.Tenant, Id = Work.NewId<MilestoneId>(), DealId = input.Deal, Place = PlaceAtEnd(plan, input.Stage!.Value), Stage = input.Stage!.Value,
            Title = input.Title!.Trim(), Owner = input.Owner ?? DealSide.Partner, DueOn = input.DueOn,
        };
        if (await MilestoneOwners.GiveAsync(Work, found.Value, milestone, input.Owner, input.OwnedBy, ct) is { } nobody) return nobody;
        Db.Add(milestone);
        await mail.MilestoneGivenAsync(found.Value, milestone, ct);
        return milestone.Id;
    }

    public const int Gap = 1024;

    /// <summary>The place after the last milestone of a stage, in a plan in its order.</summary>
    public static int PlaceAtEnd(List<Milestone> plan, PursuitStage stage)
    {
        var after = plan.LastOrDefault(m => m.Stage <= stage);
        var next = plan.FirstOrDefault(m => m.Place > (after?.Place ?? -1));
        if (Between(after?.Place, next?.Place) is { } place) return place;
        // No gap left between the two: number the plan afresh.
        for (var i = 0; i < plan.Count; i++) plan[i].Place = i * Gap;
        return after is null ? -Gap / 2 : after.Place + (Gap / 2);
    }

    /// <summary>A place between two others, or null where there is none.</summary>
    public static int? Between(int? before, int? after) => (before, after) switch
    {
        (null, null) => 0,
        ({ } b, null) => b + Gap,
        (null, { } a) => a - Gap,
        ({ } b, { } a) => a - b > 1 ? b + ((a - b) / 2) : null,
    };
}
