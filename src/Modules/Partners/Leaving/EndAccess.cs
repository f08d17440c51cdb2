using Microsoft.EntityFrameworkCore;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Partners.Leaving;

/// <summary>Takes the access to the portal away from everybody at a partner that is leaving, suspended or gone; its administrators are told.</summary>
internal sealed class EndAccess(Work work, Notify notify) : UseCase<PartnerId, int>(work)
{
    protected override Permission Permission => PartnersPermissions.ChangeState;

    protected override async Task<Result<int>> HandleAsync(PartnerId input, CancellationToken ct)
    {
        if (await Db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == input && p.MergedInto == null, ct) is not { } partner) return PartnersProblems.Missing();
        if (partner.State is not (PartnerState.Offboarding or PartnerState.Suspended or PartnerState.Former)) return PartnersProblems.NotLeaving();
        await PartnerNews.ShutOutAsync(Work, notify, partner, ct);
        return await Memberships.EndAllAsync(Work, input, ct);
    }
}
