using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The first partner takes the proposal back, to change it or to register alone.</summary>
internal sealed class TakeProposalBack(Work work) : UseCase<DealId, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(DealId id, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        if (!found.Value.AwaitsPartner) return LifeProblems.NotProposed();
        found.Value.AwaitPartner(false);
        foreach (var member in await Db.Set<DealMember>().Where(m => m.DealId == id && m.Joint && m.State == MemberState.Invited).ToListAsync(ct))
            (member.State, member.AnsweredAt) = (MemberState.Left, Work.Now);
        return id;
    }
}
