using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Graph;

/// <summary>Opens the figures of a partner's subsidiaries to its own people, or closes them.</summary>
internal sealed class ShowFamily(Work work) : UseCase<(PartnerId Partner, bool Shown), PartnerId>(work)
{
    protected override Permission Permission => PartnersPermissions.Manage;

    protected override async Task<Result<PartnerId>> HandleAsync((PartnerId Partner, bool Shown) input, CancellationToken ct)
    {
        var partner = await Db.Set<Partner>().SingleOrDefaultAsync(p => p.Id == input.Partner && p.MergedInto == null, ct);
        if (partner is null) return PartnersProblems.Missing();
        partner.ShowFamily(input.Shown);
        return partner.Id;
    }
}
