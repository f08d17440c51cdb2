using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Ownership;
using Trellis.Partners.Published;
using Trellis.Partners.Starting;

namespace Trellis.Partners;

/// <summary>A motion as it should be. Null keeps what is there, or takes the partner's own for a new motion.</summary>
internal sealed record MotionSetting(PartnerType? Type, MotionState? State, Tier? Tier, DateOnly? Since)
{
    /// <summary>Who looks after this motion; the empty id for the partner's manager.</summary>
    public PersonId? Manager { get; init; }
}

/// <summary>Adds a motion to a partner, or changes its type, state, tier or beginning. A motion that had ended begins anew.</summary>
internal sealed class SetMotion(Work work, OnboardingSteps onboarding) : UseCase<(PartnerId Partner, Motion Motion, MotionSetting Setting), Motion>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<Motion>> HandleAsync((PartnerId Partner, Motion Motion, MotionSetting Setting) input, CancellationToken ct)
    {
        var (id, kind, setting) = input;
        var check = new Check()
            .That(setting.State is not MotionState.Ended, "state", "To end a motion, use “End”.")
            .That(setting.Since is null || setting.Since >= PartnerDays.Earliest, "since", "The beginning lies before 1950.")
            .That(setting.Since is null || setting.Since <= Work.Today.AddYears(1), "since", "The beginning lies more than a year ahead.");
        if (check.Problem is { } problem) return problem;
        if (setting.Manager is { Value: var chosen } manager && chosen != Guid.Empty && !await Managers.MayManageAsync(Db, manager, ct)) return PartnersProblems.NoManager();
        var partner = await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();

        var motion = await Db.Set<PartnerMotion>().SingleOrDefaultAsync(m => m.PartnerId == id && m.Motion == kind, ct);
        var closed = await Owners.ClosedAsync(Work, ct);
        if (Owners.Refuse(closed, "tier", setting.Tier is { } tier && tier != (motion?.Tier ?? partner.Tier)) is { } ranked) return ranked;
        // It decides about protection and rates, as the partner's own does.
        if (setting.Tier is { } wanted && wanted != (motion?.Tier ?? partner.Tier) && !Work.Actor.May(PartnersPermissions.AssignTier)) return PartnersProblems.TierNotYours();
        if (Owners.Refuse(closed, "state", motion is { State: var state } && (state == MotionState.Ended || (setting.State ?? state) != state)) is { } moved) return moved;
        if (Owners.Refuse(closed, "manager", setting.Manager is { } asked && (asked.Value == Guid.Empty ? null : (PersonId?)asked) != motion?.ManagerId) is { } entrusted) return entrusted;
        if (motion is null)
        {
            Db.Add(motion = new PartnerMotion { TenantId = Work.Tenant, PartnerId = id, Motion = kind, Type = partner.MainType, State = MotionState.Applied, Tier = partner.Tier, Since = Work.Today });
        }
        else if (motion.State == MotionState.Ended)
        {
            (motion.State, motion.Since, motion.Until) = (MotionState.Applied, Work.Today, null);
        }

        motion.Type = setting.Type ?? motion.Type;
        motion.State = setting.State ?? motion.State;
        motion.Tier = setting.Tier ?? motion.Tier;
        motion.Since = setting.Since ?? motion.Since;
        if (setting.Manager is { } who) motion.ManagerId = who.Value == Guid.Empty ? null : who;
        Motions.MotionHistory.Keep(Work, motion);
        if (partner.State == PartnerState.Onboarding) await onboarding.BeginAsync(id, partner.ManagerId, [.. await StartOnboarding.MotionsAsync(Db, id, ct), kind], false, ct);
        return kind;
    }
}
