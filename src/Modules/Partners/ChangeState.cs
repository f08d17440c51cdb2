using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Leaving;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;
using Trellis.Partners.Starting;

namespace Trellis.Partners;

internal sealed record StateChange(PartnerTrigger? Trigger, string? Reason);

/// <summary>Moves a partner along its lifecycle. What takes something away needs a reason, which the partner reads; the manager and the partner's administrators are told what concerns them.</summary>
internal sealed class ChangeState(Work work, Checklist checklist, OnboardingSteps onboarding, Notify notify, DirectoryShelf shelf) : UseCase<(PartnerId Partner, StateChange Change), PartnerState>(work)
{
    protected override Permission Permission => PartnersPermissions.ChangeState;

    protected override async Task<Result<PartnerState>> HandleAsync((PartnerId Partner, StateChange Change) input, CancellationToken ct)
    {
        if (input.Change.Trigger is not { } trigger) return Problem.Invalid("trigger", "Choose what should happen.");
        if (new Check().Text(input.Change.Reason, "reason", "The reason", 1000, required: false).Problem is { } problem) return problem;
        if (await Ownership.Owners.RefuseAsync(Work, "state", ct) is { } owned) return owned;
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();
        var reason = Text.OrNull(input.Change.Reason);
        var moved = Work.Move(PartnerLifecycle.Machine, partner.Id.ToString(), partner.State, trigger, reason, wanted: await BeforeAsync(partner.Id, trigger, ct));
        if (!moved.Ok) return moved.Problem;
        if (reason is null && PartnerLifecycle.NeedsReason(trigger)) return PartnersProblems.ReasonNeeded();
        if (trigger == PartnerTrigger.End && await checklist.BlocksAsync(partner.Id, ct) is { } open) return open;
        if (trigger == PartnerTrigger.Offboard)
        {
            await checklist.BeginAsync(partner.Id, partner.ManagerId, ct);
            await onboarding.DropAsync(partner.Id, ct);
        }

        if (trigger == PartnerTrigger.KeepOn) await checklist.DropAsync(partner.Id, ct);
        if (moved.Value == PartnerState.Onboarding) await onboarding.BeginAsync(partner.Id, partner.ManagerId, await StartOnboarding.MotionsAsync(Db, partner.Id, ct), false, ct);
        partner.Enter(moved.Value, Work.Actor.Name, reason, Work.Now);
        if (moved.Value == PartnerState.Former) await EndMotionsAsync(partner.Id, ct);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        await PartnerNews.MovedAsync(Work, notify, partner, trigger, reason, ct);
        return moved.Value;
    }

    // Where the partner stood when it was suspended, or began to leave. One that was brought in so has no such day.
    private async Task<PartnerState?> BeforeAsync(PartnerId partner, PartnerTrigger trigger, CancellationToken ct)
    {
        if (PartnerLifecycle.Reverses(trigger) is not { } reversed) return null;
        var (machine, subject, on) = (PartnerLifecycle.Machine.Name, partner.ToString(), Words.Of(reversed));
        var from = await Db.Set<Transition>().AsNoTracking().Where(t => t.Machine == machine && t.Subject == subject && t.Trigger == on).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Select(t => t.From).FirstOrDefaultAsync(ct);
        return Words.Parse<PartnerState>(from);
    }

    private async Task EndMotionsAsync(PartnerId partner, CancellationToken ct)
    {
        foreach (var motion in await Db.Set<PartnerMotion>().Where(m => m.PartnerId == partner && m.State != MotionState.Ended).ToListAsync(ct))
        {
            (motion.State, motion.Until) = (MotionState.Ended, Work.Today);
            Motions.MotionHistory.Keep(Work, motion);
        }
    }
}
