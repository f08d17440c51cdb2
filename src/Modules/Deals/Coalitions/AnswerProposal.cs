using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>The holder's word on a partner that the vendor wants to invite.</summary>
internal sealed record ProposalAnswer(DealId Deal, PartnerId? Partner, bool Consent, string? Reason = null, long? Version = null);

/// <summary>The partner that registered the deal consents to an invitation of the vendor, or does not. Until then the invited partner hears nothing.</summary>
internal sealed class AnswerProposal(Work work, DealMail mail, TeamMail team) : UseCase<ProposalAnswer, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<DealId>> HandleAsync(ProposalAnswer input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (!deal.IsHeldBy(Work.Actor.Partner)) return CoalitionProblems.NotTheHolder();
        if (new Check().Text(input.Reason, "reason", "The reason", 500, required: false).Problem is { } problem) return problem;
        if (input.Consent && DealLifecycle.IsOver(deal.State)) return DealsProblems.Over(deal.State);
        await Work.LockAsync($"deal-team:{deal.Id}", ct);
        if (input.Partner is not { } partner || await Work.LivingAsync(deal.Id, partner, ct) is not { } agreement) return CoalitionProblems.NoAgreement();
        var moved = Work.Move(agreement, input.Consent ? AgreementTrigger.Consent : AgreementTrigger.Withdraw, input.Consent ? null : Text.OrNull(input.Reason) ?? "The holder did not consent.");
        if (!moved.Ok) return moved.Problem;
        var places = await Db.Set<DealMember>().Where(m => m.DealId == deal.Id).ToListAsync(ct);
        var (member, others) = (places.Single(m => m.PartnerId == partner), places.Where(m => m.PartnerId != partner).ToList());
        await team.ConsentedAsync(deal, partner, input.Consent, Text.OrNull(input.Reason), ct);
        if (!input.Consent)
        {
            (member.State, member.AnsweredAt, member.AnsweredByName) = (MemberState.Declined, Work.Now, Work.Actor.Name);
            return deal.Id;
        }

        if (member.ShareBasisPoints > Shares.Left(others)) return DealsProblems.SharesExceeded(Shares.Left(others));
        if (member.WorkBasisPoints > Shares.WorkLeft(others)) return CoalitionProblems.WorkExceeded(Shares.WorkLeft(others));
        (agreement.ConsentedAt, agreement.ConsentedByName) = (Work.Now, Work.Actor.Name);
        (member.State, member.InvitedAt) = (MemberState.Invited, Work.Now);
        await mail.InvitedAsync(deal, member, ct);
        return deal.Id;
    }
}
