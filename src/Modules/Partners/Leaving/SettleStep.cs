using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Leaving;

/// <summary>What becomes of a line: done, waived with a reason, or given to somebody with a date.</summary>
internal sealed record StepChange(StepState? State, string? Reason = null, PersonId? Owner = null, DateOnly? DueOn = null)
{
    public const int MostYears = 5;

    /// <summary>What is wrong with it for this line, or null; the same for both checklists.</summary>
    public async Task<Problem?> FaultAsync(Work work, Step step, CancellationToken ct)
    {
        if (new Check().Text(Reason, "reason", "The reason", 500, required: State == StepState.Waived).Problem is { } problem) return problem;
        if (DueOn is { } due && due != step.DueOn && (due < work.Today || due > work.Today.AddYears(MostYears))) return Problem.Invalid("dueOn", $"The day lies between today and {MostYears} years ahead.");
        return Owner is { } owner && !await Managers.MayManageAsync(work.Db, owner, ct) ? PartnersProblems.NoManager() : null;
    }

    /// <summary>Hands the line over and settles it, as far as that is asked for.</summary>
    public void Apply(Work work, Step step)
    {
        step.OwnerId = Owner ?? step.OwnerId;
        step.DueOn = DueOn ?? step.DueOn;
        if (State is { } state) step.Settle(state, Reason, work.Actor.Name, work.Now);
    }
}

/// <summary>Settles a line of the checklist, or hands it to somebody. A line with a check is done when the check finds nothing left; else it can only be waived.</summary>
internal sealed class SettleStep(Work work, Checklist checklist) : UseCase<(PartnerId Partner, StepId Step, StepChange Change), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.ChangeState;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, StepId Step, StepChange Change) input, CancellationToken ct)
    {
        var (partner, id, change) = input;
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == partner && p.MergedInto == null, ct) is not { } leaving) return PartnersProblems.Missing();
        if (leaving.State != PartnerState.Offboarding) return PartnersProblems.NotOffboarding();
        var step = await checklist.FindAsync(partner, id, ct);
        if (step is null) return Problem.Missing("line of the checklist");
        if (await change.FaultAsync(Work, step, ct) is { } problem) return problem;
        if (change.State == StepState.Done && await checklist.LookAsync(step.Code, partner, ct) is { Clear: false } finding) return PartnersProblems.NotSettled([finding.Text]);
        change.Apply(Work, step);
        return default(Done);
    }
}
