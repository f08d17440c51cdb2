using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Leaving;

/// <summary>What becomes of a line: done, waived with a reason, or given to somebody with a date.</summary>
internal sealed record StepChange(StepState? State, string? Reason = null, PersonId? Owner = null, DateOnly? DueOn = null);

/// <summary>Settles a line of the checklist, or hands it to somebody. A line with a check is done when the check finds nothing left; else it can only be waived.</summary>
internal sealed class SettleStep(Work work, Checklist checklist) : UseCase<(PartnerId Partner, StepId Step, StepChange Change), Done>(work)
{
    public const int MostYears = 5;

    protected override Permission Permission => PartnersPermissions.ChangeState;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, StepId Step, StepChange Change) input, CancellationToken ct)
    {
        var (partner, id, change) = input;
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == partner && p.MergedInto == null, ct) is not { } leaving) return PartnersProblems.Missing();
        if (leaving.State != PartnerState.Offboarding) return PartnersProblems.NotOffboarding();
        var step = await checklist.FindAsync(partner, id, ct);
        if (step is null) return Problem.Missing("line of the checklist");
        if (new Check().Text(change.Reason, "reason", "The reason", 500, required: change.State == StepState.Waived).Problem is { } problem) return problem;
        if (change.DueOn is { } due && due != step.DueOn && (due < Work.Today || due > Work.Today.AddYears(MostYears))) return Problem.Invalid("dueOn", $"The day lies between today and {MostYears} years ahead.");
        if (change.Owner is { } owner && !await Managers.MayManageAsync(Db, owner, ct)) return PartnersProblems.NoManager();
        if (change.State == StepState.Done && await checklist.LookAsync(step.Code, partner, ct) is { Clear: false } finding) return PartnersProblems.NotSettled([finding.Text]);
        step.OwnerId = change.Owner ?? step.OwnerId;
        step.DueOn = change.DueOn ?? step.DueOn;
        if (change.State is not { } state) return default(Done);
        (step.State, step.Reason) = (state, Text.OrNull(change.Reason));
        (step.By, step.At) = state == StepState.Open ? ((string?)null, (DateTime?)null) : (Work.Actor.Name, Work.Now);
        return default(Done);
    }
}
