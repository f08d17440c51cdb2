using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>
/// The agreements of a deal end with it. Who was on the team when it was won keeps its credit; an invitation that nobody has answered lapses.
/// </summary>
internal sealed class EndAgreements(Work work)
{
    /// <summary>Ends them. Of a deal that was taken up again meanwhile only what was agreed or offered before its end.</summary>
    public async Task RunAsync(DealId deal, DateTime since, string reason, CancellationToken ct)
    {
        var again = await work.IsOpenAgainAsync(deal, ct);
        foreach (var agreement in (await work.LivingAsync(deal, ct)).Where(a => !again || a.ProposedAt <= since)) work.Move(agreement, AgreementTrigger.End, reason);
        var open = await work.Db.Set<DealMember>().Where(m => m.DealId == deal && (m.State == MemberState.Invited || m.State == MemberState.Proposed) && (!again || m.InvitedAt <= since)).ToListAsync(ct);
        foreach (var member in open) (member.State, member.AnsweredAt, member.AnsweredByName) = (MemberState.Declined, work.Now, work.Actor.Name);
    }
}
