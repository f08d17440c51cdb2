using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>What the clock does to one lead: an unanswered offer ends, an accepted one whose protection is over ends, and who has not decided in time is told again. One that is in time is left alone.</summary>
internal sealed class LapseLead(Work work, LeadMail mail, LeadReceipts receipts) : UseCase<LeadId, bool>(work)
{
    protected override Permission Permission => PassingPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(LeadId id, CancellationToken ct)
    {
        var found = await Work.LeadAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        LeadTrigger? due = lead.State switch
        {
            LeadState.Offered when lead.AnswerBy < Work.Now => LeadTrigger.TimeOut,
            LeadState.Accepted when lead.ProtectedUntil < Work.Today => LeadTrigger.Expire,
            LeadState.InReview or LeadState.Submitted when lead.DecideBy < Work.Now && lead.StateSince <= lead.DecideBy => LeadTrigger.Remind,
            _ => null,
        };
        if (due is not { } on) return false;
        var moved = lead.Move(Work, on);
        if (!moved.Ok) return moved.Problem;
        if (on == LeadTrigger.TimeOut)
        {
            await receipts.AnsweredAsync(lead, ct);
            await mail.LapsedAsync(lead, ct);
        }
        else if (on == LeadTrigger.Expire) await mail.ExpiredAsync(lead, ct);
        else await mail.OverdueAsync(lead, ct);
        return true;
    }
}
