using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal sealed record NewMilestone(DealId Deal, string? Title, PursuitStage? Stage, DealSide? Owner, DateOnly? DueOn = null, long? Version = null);

/// <summary>Adds a milestone at the end of its stage.</summary>
internal sealed class AddMilestone(Work work) : UseCase<NewMilestone, MilestoneId>(work)
{
    public const int Most = 60;

    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<MilestoneId>> HandleAsync(NewMilestone input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealVisibility.Summary, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var check = new Check().Text(input.Title, "title", "The milestone")
            .That(input.Stage is not null, "stage", "Choose the stage.").That(input.Owner is not null, "side", "Choose whose hands it is in.")
            .That(WorkspaceDays.Fits(Work, input.DueOn), "dueOn", WorkspaceDays.Words);
        if (check.Problem is { } problem) return problem;
        await Work.LockAsync($"deal-plan:{input.Deal}", ct);
        var plan = await Db.Set<Milestone>().Where(m => m.DealId == input.Deal).OrderBy(m => m.Place).ToListAsync(ct);
        if (plan.Count >= Most) return WorkspaceProblems.TooMany("milestones", Most);
        var after = plan.LastOrDefault(m => m.Stage <= input.Stage);
        var next = plan.FirstOrDefault(m => m.Place > (after?.Place ?? -1));
        var place = Between(after?.Place, next?.Place);
        if (place is null)
        {
            // No gap left between the two: number the plan afresh.
            for (var i = 0; i < plan.Count; i++) plan[i].Place = i * Gap;
            place = after is null ? -Gap / 2 : after.Place + (Gap / 2);
        }

        var milestone = new Milestone
        {
            TenantId = Work.Tenant, Id = Work.NewId<MilestoneId>(), DealId = input.Deal, Place = place.Value, Stage = input.Stage!.Value,
            Title = input.Title!.Trim(), Owner = input.Owner!.Value, DueOn = input.DueOn,
        };
        Db.Add(milestone);
        return milestone.Id;
    }

    public const int Gap = 1024;

    /// <summary>A place between two others, or null where there is none.</summary>
    public static int? Between(int? before, int? after) => (before, after) switch
    {
        (null, null) => 0,
        ({ } b, null) => b + Gap,
        (null, { } a) => a - Gap,
        ({ } b, { } a) => a - b > 1 ? b + ((a - b) / 2) : null,
    };
}

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

internal sealed record PlanChoice(DealId Deal, string? Template, long? Version = null);

/// <summary>Begins the plan with a template, its days fitted to the expected close.</summary>
internal sealed class BeginPlan(Work work) : UseCase<PlanChoice, int>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<int>> HandleAsync(PlanChoice input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealVisibility.Summary, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (Array.Find(PlanTemplate.All, t => t.Code == input.Template) is not { } template) return WorkspaceProblems.NoTemplate();
        await Work.LockAsync($"deal-plan:{input.Deal}", ct);
        if (await Db.Set<Milestone>().AnyAsync(m => m.DealId == input.Deal, ct)) return WorkspaceProblems.PlanThere();
        var place = 0;
        foreach (var (step, due) in PlanTemplate.Dated(template, Work.Today, found.Value.ExpectedClose))
        {
            Db.Add(new Milestone
            {
                TenantId = Work.Tenant, Id = Work.NewId<MilestoneId>(), DealId = input.Deal, Place = AddMilestone.Gap * place++,
                Stage = step.Stage, Title = step.Title, Owner = step.Owner, DueOn = due,
            });
        }

        return place;
    }
}
