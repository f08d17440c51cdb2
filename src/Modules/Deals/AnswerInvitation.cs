using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Coalitions;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>An answer to an invitation.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Accept">Yes or no.</param>
/// <param name="Hash">The hash of the terms that were read; needed to accept them.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record InvitationAnswer(DealId Deal, bool Accept, string? Hash = null, long? Version = null);

/// <summary>The invited partner accepts or declines its place on the team. What it accepts is the agreement that it has read.</summary>
internal sealed class AnswerInvitation(Work work, Life.JointRegistration joint, DealReceipts receipts, TeamMail mail) : UseCase<InvitationAnswer, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(InvitationAnswer input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner) return DealsProblems.NotInvited();
        await Work.LockAsync($"deal-team:{input.Deal}", ct);
        var member = await Db.Set<DealMember>().SingleOrDefaultAsync(m => m.DealId == input.Deal && m.PartnerId == partner, ct);
        if (member is null) return DealsProblems.NotInvited();
        if (member.State != MemberState.Invited) return DealsProblems.AlreadyAnswered(member.State);
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (input.Accept && DealLifecycle.IsOver(found.Value.State)) return DealsProblems.Over(found.Value.State);
        var others = await Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == input.Deal && m.PartnerId != partner).ToListAsync(ct);
        if (input.Accept && (member.ShareBasisPoints > Shares.Left(others) || member.WorkBasisPoints > Shares.WorkLeft(others))) return DealsProblems.ShareGone();
        var agreement = await Work.LivingAsync(input.Deal, partner, ct);
        if (agreement is not null)
        {
            var moved = Work.Move(agreement, input.Accept ? AgreementTrigger.Accept : AgreementTrigger.Decline);
            if (!moved.Ok) return moved.Problem;
            if (input.Accept && Text.OrNull(input.Hash) is null) return CoalitionProblems.TermsUnread();
            if (input.Accept && input.Hash != agreement.Hash) return CoalitionProblems.OtherTerms();
            if (input.Accept) (agreement.AcceptedAt, agreement.AcceptedByName) = (Work.Now, Work.Actor.Name);
        }

        (member.State, member.AnsweredAt, member.AnsweredByName) = (input.Accept ? MemberState.Accepted : MemberState.Declined, Work.Now, Work.Actor.Name);
        if (input.Accept)
        {
            Work.Publish(new DealMemberJoined(input.Deal, partner, member.Role, member.ShareBasisPoints, Work.Now));
            await receipts.AgreedAsync(found.Value, member, agreement, ct);
        }

        // Whoever began a joint registration is told by its own mail that it was declined, and nobody else knows of it.
        if (input.Accept || !member.Joint) await mail.AnsweredAsync(found.Value, member, ct);
        return member.Joint ? await joint.AnsweredAsync(member, input.Accept, ct) : input.Deal;
    }
}
