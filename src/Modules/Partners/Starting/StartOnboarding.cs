using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Leaving;
using Trellis.Partners.Published;

namespace Trellis.Partners.Starting;

/// <summary>Begins the onboarding checklist of a partner wherever it stands, for the motions it has; what it has done already stays done, unless it shall begin anew.</summary>
internal sealed class StartOnboarding(Work work, OnboardingSteps steps) : UseCase<(PartnerId Partner, bool Anew), int>(work)
{
    protected override Permission Permission => PartnersPermissions.ChangeState;

    protected override async Task<Result<int>> HandleAsync((PartnerId Partner, bool Anew) input, CancellationToken ct)
    {
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct) is not { } partner) return PartnersProblems.Missing();
        if (partner.State is PartnerState.Suspended or PartnerState.Offboarding or PartnerState.Former) return OnboardingProblems.NotNow();
        if (input.Anew)
        {
            await steps.ClearAsync(partner.Id, ct);
            await Work.SaveAsync(ct);
        }

        return await steps.BeginAsync(partner.Id, partner.ManagerId, await MotionsAsync(Db, partner.Id, ct), false, ct);
    }

    internal static Task<List<Motion>> MotionsAsync(Db db, PartnerId partner, CancellationToken ct) =>
        db.Set<PartnerMotion>().Where(m => m.PartnerId == partner && m.State != MotionState.Ended).Select(m => m.Motion).ToListAsync(ct);
}
