using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Partners;

/// <summary>Makes one of the vendor's people the partner's manager; null takes the manager away. The new one is told.</summary>
internal sealed class AssignManager(Work work, Notify notify) : UseCase<(PartnerId Partner, PersonId? Manager), PartnerId>(work)
{
    protected override Permission Permission => PartnersPermissions.AssignManager;

    protected override async Task<Result<PartnerId>> HandleAsync((PartnerId Partner, PersonId? Manager) input, CancellationToken ct)
    {
        if (input.Manager is { } manager && !await Managers.MayManageAsync(Db, manager, ct)) return PartnersProblems.NoManager();
        if (await Ownership.Owners.RefuseAsync(Work, "manager", ct) is { } owned) return owned;
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();
        var before = partner.ManagerId;
        partner.Entrust(input.Manager);
        if (partner.ManagerId != before) await PartnerNews.EntrustedAsync(Work, notify, partner, ct);
        return partner.Id;
    }
}
