using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

internal enum CounterAct
{
    /// <summary>The other terms hold; since the partner asked for them, it is on the team.</summary>
    Agree,

    /// <summary>The first terms stand; the partner answers again.</summary>
    Insist,

    /// <summary>The invitation is taken back.</summary>
    Withdraw,
}

internal sealed record CounterAnswer(DealId Deal, PartnerId? Partner, CounterAct? Act, long? Version = null);

/// <summary>
/// Who invited answers the other terms. More credit than was offered comes out of the holder's part, so only the holder can agree to that.
/// </summary>
internal sealed class AnswerCounter(Work work, DealMail mail, TeamMail team, DealReceipts receipts) : UseCase<CounterAnswer, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<DealId>> HandleAsync(CounterAnswer input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (Work.Actor.IsPartner && !deal.IsHeldBy(Work.Actor.Partner)) return DealsProblems.HolderOnly();
        if (input.Act is not { } act) return Problem.Invalid("act", "Choose an answer.");
        if (act == CounterAct.Agree && DealLifecycle.IsOver(deal.State)) return DealsProblems.Over(deal.State);
        await Work.LockAsync($"deal-team:{deal.Id}", ct);
        if (input.Partner is not { } partner || await Work.LivingAsync(deal.Id, partner, ct) is not { } agreement) return CoalitionProblems.NoAgreement();
        var member = await Db.Set<DealMember>().SingleAsync(m => m.DealId == deal.Id && m.PartnerId == partner, ct);
        if (act == CounterAct.Agree && !Work.Actor.IsPartner && agreement.CounterShare > agreement.ShareBasisPoints) return CoalitionProblems.NotTheInviter();
        if (act == CounterAct.Agree && await AgreeAsync(deal, member, agreement, ct) is { } refused) return refused;
        var moved = Work.Move(agreement, act switch { CounterAct.Agree => AgreementTrigger.Agree, CounterAct.Insist => AgreementTrigger.Insist, _ => AgreementTrigger.Withdraw }, act == CounterAct.Withdraw ? "The invitation was taken back." : null);
        if (!moved.Ok) return moved.Problem;
        if (act == CounterAct.Insist) await mail.InvitedAsync(deal, member, ct);
        if (act == CounterAct.Withdraw) await team.LeftAsync(deal, member, null, ct);
        if (act == CounterAct.Withdraw) (member.State, member.AnsweredAt, member.AnsweredByName) = (MemberState.Declined, Work.Now, Work.Actor.Name);
        if (act != CounterAct.Agree) return deal.Id;
        (agreement.AcceptedAt, agreement.AcceptedByName) = (Work.Now, agreement.CounteredByName);
        (member.State, member.AnsweredAt, member.AnsweredByName) = (MemberState.Accepted, Work.Now, agreement.CounteredByName);
        Work.Publish(new DealMemberJoined(deal.Id, partner, member.Role, member.ShareBasisPoints, Work.Now));
        await receipts.AgreedAsync(deal, member, agreement, ct);
        await team.AnsweredAsync(deal, member, ct);
        return deal.Id;
    }

    private async Task<Problem?> AgreeAsync(Deal deal, DealMember member, CoalitionAgreement agreement, CancellationToken ct)
    {
        if (agreement.State != AgreementState.Countered) return null;
        var others = await Db.Set<DealMember>().AsNoTracking().Where(m => m.DealId == deal.Id && m.PartnerId != member.PartnerId).ToListAsync(ct);
        var (share, part) = (agreement.CounterShare ?? agreement.ShareBasisPoints, agreement.CounterWork ?? agreement.WorkBasisPoints);
        if (share > Shares.Left(others)) return DealsProblems.SharesExceeded(Shares.Left(others));
        if (part > Shares.WorkLeft(others)) return CoalitionProblems.WorkExceeded(Shares.WorkLeft(others));
        var (holder, partner) = await Work.NamesAsync(deal.PartnerId, member.PartnerId, ct);
        agreement.Write(agreement.Terms with { ShareBasisPoints = share, WorkBasisPoints = part }, deal, holder, partner, Work.Vendor(), Work.Now);
        (member.ShareBasisPoints, member.WorkBasisPoints) = (share, part);
        return null;
    }
}
