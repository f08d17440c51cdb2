using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Other terms that the invited partner wants.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="ShareBasisPoints">The share of the credit it wants; null for what was offered.</param>
/// <param name="WorkBasisPoints">The share of the work it offers; null for what was asked.</param>
/// <param name="Note">Why, or what else.</param>
/// <param name="Version">The version of the deal that the caller has seen.</param>
internal sealed record CounterInput(DealId Deal, int? ShareBasisPoints, int? WorkBasisPoints, string? Note, long? Version = null);

/// <summary>The invited partner neither accepts nor declines: it asks for other terms.</summary>
internal sealed class CounterInvitation(Work work, CoalitionMail mail) : UseCase<CounterInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(CounterInput input, CancellationToken ct)
    {
        if (Work.Actor.Partner is not { } partner) return DealsProblems.NotInvited();
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok || await Work.LivingAsync(input.Deal, partner, ct) is not { } agreement) return found.Ok ? DealsProblems.NotInvited() : found.Problem;
        var check = new Check().Text(input.Note, "note", "The explanation", 500, required: false)
            .That(input.ShareBasisPoints is null or >= 0 and <= 10_000, "share", "A share lies between 0 and 100 %.")
            .That(input.WorkBasisPoints is null or >= 0 and <= 10_000, "work", "A share lies between 0 and 100 %.");
        if (check.Problem is { } problem) return problem;
        var (share, part) = (input.ShareBasisPoints ?? agreement.ShareBasisPoints, input.WorkBasisPoints ?? agreement.WorkBasisPoints);
        if (share == agreement.ShareBasisPoints && part == agreement.WorkBasisPoints && Text.OrNull(input.Note) is null) return CoalitionProblems.CounterEmpty();
        var team = await Db.Set<DealMember>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(m => m.DealId == input.Deal && m.PartnerId != partner).ToListAsync(ct);
        // Told the bound, a partner could compute what the others have; so more than the whole is refused here, and the rest when it is answered.
        if (Shares.Left(team) < 0 || share > 10_000) return DealsProblems.SharesExceeded(10_000);
        var moved = Work.Move(agreement, AgreementTrigger.Counter, Text.OrNull(input.Note));
        if (!moved.Ok) return moved.Problem;
        (agreement.CounterShare, agreement.CounterWork, agreement.CounterNote, agreement.CounteredByName) = (share, part, Text.OrNull(input.Note), Work.Actor.Name);
        await mail.CounteredAsync(found.Value, agreement, ct);
        return input.Deal;
    }
}

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
        agreement.Write(agreement.Terms with { ShareBasisPoints = share, WorkBasisPoints = part }, deal.Title, holder, partner, Work.Vendor());
        (member.ShareBasisPoints, member.WorkBasisPoints) = (share, part);
        return null;
    }
}
