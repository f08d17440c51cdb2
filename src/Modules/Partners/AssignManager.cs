using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>Makes one of the vendor's people the partner's manager; null takes the manager away.</summary>
internal sealed class AssignManager(Work work) : UseCase<(PartnerId Partner, PersonId? Manager), PartnerId>(work)
{
    protected override Permission Permission => PartnersPermissions.AssignManager;

    protected override async Task<Result<PartnerId>> HandleAsync((PartnerId Partner, PersonId? Manager) input, CancellationToken ct)
    {
        if (input.Manager is { } manager && !await Managers.MayManageAsync(Db, manager, ct)) return PartnersProblems.NoManager();
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == input.Partner, ct);
        if (partner is null) return PartnersProblems.Missing();
        partner.Entrust(input.Manager);
        return partner.Id;
    }
}
