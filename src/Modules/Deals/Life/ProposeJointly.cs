using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>A registration that two partners make together.</summary>
/// <param name="Fields">What the first partner says; null to propose the draft as it stands.</param>
/// <param name="Draft">The draft that it was, if any.</param>
/// <param name="Partner">The second partner's web site.</param>
/// <param name="ShareBasisPoints">The second partner's share of the credit.</param>
/// <param name="Version">The version of the draft that the caller has seen.</param>
/// <param name="For">The reseller for which a distributor registers.</param>
internal sealed record JointProposal(DealFields? Fields, DealId? Draft, string? Partner, int? ShareBasisPoints, long? Version = null, PartnerId? For = null);

/// <summary>
/// A partner proposes a joint registration: complete, with the second partner and the shares named. It stays a draft that nobody can change, and is
/// registered in the moment in which the second partner accepts.
/// </summary>
internal sealed class ProposeJointly(Work work, Drafts drafts, DealMail mail) : UseCase<JointProposal, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(JointProposal input, CancellationToken ct)
    {
        var check = new Check()
            .That(Customer.Domain(input.Partner) is not null, "jointPartner", "Write the second partner’s web site, like partner.example.")
            .That(input.ShareBasisPoints is > 0 and < 10_000, "jointShare", "Each of you has a share: more than 0 % and less than 100 %.");
        if (check.Problem is { } problem) return problem;
        var kept = await drafts.KeepForAsync(input.Draft, input.Version, input.Fields, input.For, null, complete: true, ct);
        if (!kept.Ok) return kept.Problem;
        var deal = kept.Value.Deal;
        if (deal.State != DealState.Draft) return DealsProblems.NotDraft();
        if (Registration.Complete(deal.Fields, Work.Today, new Check()).Problem is { } incomplete) return incomplete;
        if (kept.Value.Holder is null && await Distribution.HolderAsync(Work, deal, ct) is { Ok: false, Problem: { } refused }) return refused;
        if (deal.Motion is { } motion && !(await Distribution.MotionsAsync(Work, deal.PartnerId, ct)).Contains(motion)) return DealsProblems.MotionNotActive();
        var domain = Customer.Domain(input.Partner);
        var second = await Db.Set<PartnerRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(p => p.Domain == domain).OrderBy(p => p.Since).FirstOrDefaultAsync(ct);
        if (second is null || !Registration.MayRegister(second.State)) return Problem.Invalid("jointPartner", "There is no active partner with this web site.");
        if (deal.IsHeldBy(second.Id)) return Problem.Invalid("jointPartner", "Name another partner than your own.");

        var (id, other) = (deal.Id, second.Id);
        var member = await Db.Set<DealMember>().SingleOrDefaultAsync(m => m.DealId == id && m.PartnerId == other, ct);
        if (member is null) Db.Add(member = new DealMember { TenantId = Work.Tenant, DealId = deal.Id, PartnerId = second.Id, HolderId = deal.PartnerId });
        (member.Role, member.ShareBasisPoints, member.State, member.Joint) = (DealRole.Resell, input.ShareBasisPoints!.Value, MemberState.Invited, true);
        (member.InvitedAt, member.InvitedByName, member.AnsweredAt, member.AnsweredByName) = (Work.Now, Work.Actor.Name, null, null);
        member.Reads = Db.Sights().Parts(member.Visibility);
        deal.AwaitPartner(true);
        await mail.InvitedAsync(deal, member, ct);
        return deal.Id;
    }
}
