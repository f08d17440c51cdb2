using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

internal sealed record InvitationAnswer(DealId Deal, bool Accept);

/// <summary>The invited partner accepts or declines its place on the team.</summary>
internal sealed class AnswerInvitation(Work work, Life.JointRegistration joint) : UseCase<InvitationAnswer, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(InvitationAnswer input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner) return DealsProblems.NotInvited();
        var member = await Db.Set<DealMember>().SingleOrDefaultAsync(m => m.DealId == input.Deal && m.PartnerId == partner, ct);
        if (member is null) return DealsProblems.NotInvited();
        if (member.State != MemberState.Invited) return DealsProblems.AlreadyAnswered(member.State);
        var state = await Db.Set<Deal>().Where(d => d.Id == input.Deal).Select(d => d.State).SingleAsync(ct);
        if (input.Accept && DealLifecycle.IsOver(state)) return DealsProblems.Over(state);
        (member.State, member.AnsweredAt, member.AnsweredByName) = (input.Accept ? MemberState.Accepted : MemberState.Declined, Work.Now, Work.Actor.Name);
        if (input.Accept) Work.Publish(new DealMemberJoined(input.Deal, partner, member.Role, member.ShareBasisPoints, Work.Now));
        return member.Joint ? await joint.AnsweredAsync(member, input.Accept, ct) : input.Deal;
    }
}
