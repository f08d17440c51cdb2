using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal sealed record PlanChoice(DealId Deal, string? Template, long? Version = null);

/// <summary>Begins the plan with a template, its days fitted to the expected close.</summary>
internal sealed class BeginPlan(Work work) : UseCase<PlanChoice, int>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<int>> HandleAsync(PlanChoice input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Plan, input.Version, ct);
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
