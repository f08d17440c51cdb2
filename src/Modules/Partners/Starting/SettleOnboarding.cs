using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Starting;

/// <summary>Finishes a step of the onboarding, by the side whose turn it is; the vendor may also skip one, with a reason, or hand it over.</summary>
internal sealed class SettleOnboarding(Work work, OnboardingSteps steps, Notifications.Published.Notify notify) : UseCase<(PartnerId Partner, StepId Step, StepChange Change), Done>(work)
{
    protected override Permission Permission => OnboardingPermissions.Finish;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, StepId Step, StepChange Change) input, CancellationToken ct)
    {
        var (id, stepId, change) = input;
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.MergedInto == null, ct) is not { } partner) return PartnersProblems.Missing();
        if (await steps.FindAsync(id, stepId, ct) is not { } step) return OnboardingProblems.NoStep();
        if (Work.Actor.IsPartner && (step.Side != StepSide.Partner || step.State == StepState.Waived || change.State == StepState.Waived || change.Owner is not null || change.DueOn is not null)) return OnboardingProblems.NotYours();
        if (!Work.Actor.IsPartner && step.Side == StepSide.Partner && change.State == StepState.Done) return OnboardingProblems.Theirs();
        if (await change.FaultAsync(Work, step, ct) is { } problem) return problem;
        if (change.State == StepState.Done && await steps.HappenedAsync(step, ct) == false) return OnboardingProblems.NotYet();
        change.Apply(Work, step);
        if (Work.Actor.IsPartner && change.State == StepState.Done && partner.ManagerId is { } manager)
            await notify.TellAsync(manager, new(OnboardingSteps.Told, $"{partner.Name} has finished a step of its onboarding", step.Title, $"/app/partners/{id}/onboarding"), ct);
        return default(Done);
    }
}
