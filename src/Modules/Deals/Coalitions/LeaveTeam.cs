using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

internal sealed record LeaveInput(DealId Deal, PartnerId? Partner, string? Reason, long? Version = null);

/// <summary>A partner leaves the team of a deal that is still open, or is taken off it by the holder or the vendor. Its share, and the milestones in its hands, fall back to the holder.</summary>
internal sealed class LeaveTeam(Work work, TeamMail mail, WorkspaceMail plan) : UseCase<LeaveInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Team;

    protected override async Task<Result<DealId>> HandleAsync(LeaveInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        var partner = input.Partner ?? Work.Actor.Partner;
        if (Work.Actor.Partner is { } side && !deal.IsHeldBy(side) && side != partner) return CoalitionProblems.CannotLeave();
        if (new Check().Text(input.Reason, "reason", "The reason", 500).Problem is { } problem) return problem;
        // A joint registration is not registered yet, and only its two partners know of it: who was asked declines, who asks takes the proposal back.
        if (deal.State == DealState.Draft) return Work.Actor.IsPartner ? CoalitionProblems.NotRegistered() : DealsProblems.Missing();
        if (DealLifecycle.IsOver(deal.State)) return DealsProblems.Over(deal.State);
        await Work.LockAsync($"deal-team:{deal.Id}", ct);
        var member = await Db.Set<DealMember>().SingleOrDefaultAsync(m => m.DealId == deal.Id && m.PartnerId == partner, ct);
        if (member is null || partner is not { } leaver) return DealsProblems.NotInvited();
        if (member.State is MemberState.Declined or MemberState.Left) return DealsProblems.AlreadyAnswered(member.State);
        var agreement = await Work.LivingAsync(deal.Id, leaver, ct);
        if (agreement is not null)
        {
            var moved = Work.Move(agreement, agreement.State == AgreementState.Accepted ? AgreementTrigger.Leave : AgreementTrigger.Withdraw, input.Reason!.Trim());
            if (!moved.Ok) return moved.Problem;
        }

        if (member.State == MemberState.Accepted) Work.Publish(new DealChanged(deal.Id, Work.Now));
        await mail.LeftAsync(deal, member, input.Reason!.Trim(), ct);
        var fallen = await MilestoneOwners.FallBackAsync(Work, deal.Id, leaver, deal.PartnerId, ct);
        if (fallen.Count > 0) await plan.FellBackAsync(deal, (await DealList.PartnerNamesAsync(Work, [leaver], ct)).GetValueOrDefault(leaver, ""), fallen, ct);
        (member.State, member.AnsweredAt, member.AnsweredByName) = (member.State == MemberState.Accepted ? MemberState.Left : MemberState.Declined, Work.Now, Work.Actor.Name);
        return deal.Id;
    }
}
