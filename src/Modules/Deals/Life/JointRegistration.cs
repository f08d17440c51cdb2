using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>What follows from the second partner's answer.</summary>
internal sealed class JointRegistration(Work work, Register register, LifeMail mail, LinkRegistered targets)
{
    /// <summary>Registers the draft when the second partner accepts, in its transaction; declined, it is the first partner's draft again.</summary>
    public async Task<Result<DealId>> AnsweredAsync(DealMember member, bool accepted, CancellationToken ct)
    {
        var (id, holder) = (member.DealId, member.HolderId);
        var deal = await work.Db.Set<Deal>().SingleAsync(d => d.Id == id, ct);
        if (deal is not { State: DealState.Draft, AwaitsPartner: true }) return id;
        deal.AwaitPartner(false);
        if (!accepted)
        {
            await mail.DeclinedJointlyAsync(deal, ct);
            return id;
        }

        var partner = await work.Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().SingleAsync(p => p.Id == holder, ct);
        if (!Registration.MayRegister(partner.State)) return DealsProblems.PartnerNotActive(partner.State);
        if (!await Distribution.SuppliesStillAsync(work, deal, ct)) return LifeProblems.SupplyEnded();
        var decided = await register.DecideAsync(deal, partner, null, ct);
        if (decided.Ok) await targets.RunAsync(deal, ct);
        return decided;
    }
}
