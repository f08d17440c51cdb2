using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Passing;

/// <summary>A person of the vendor decides what the rules left open: a lead goes out to its partner or not, a partner's lead is taken or refused.</summary>
internal sealed class DecideLead(Work work, LeadMail mail, LeadReceipts receipts) : UseCase<LeadDecision, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Decide;

    protected override async Task<Result<LeadId>> HandleAsync(LeadDecision input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (Work.Actor.IsPartner || lead.State is not (LeadState.InReview or LeadState.Submitted)) return Work.Actor.IsPartner ? PassingProblems.VendorOnly() : LeadLifecycle.Machine.Next(lead.State, LeadTrigger.Reject).Problem ?? PassingProblems.NotYours();
        if (new Check().That(input.Accept || input.Refusal is not null, "refusal", "Choose a reason.").Text(input.Text, "text", "The reason in words", 1000, required: !input.Accept && input.Refusal == ReasonCode.Other).Problem is { } problem) return problem;
        var trigger = !input.Accept ? LeadTrigger.Reject : lead.State == LeadState.InReview ? LeadTrigger.Offer : LeadTrigger.Accept;
        if (trigger == LeadTrigger.Offer && await RefusedAsync(lead.PartnerId, ct) is { } gone) return gone;
        // What is said when it goes out is the vendor's own note.
        var moved = lead.Move(Work, trigger, Text.OrNull(input.Text), note: trigger == LeadTrigger.Offer);
        if (!moved.Ok) return moved.Problem;
        if (!input.Accept) lead.Because(null, input.Refusal);
        if (lead.State == LeadState.Offered) await mail.OfferedAsync(lead, ct);
        else if (lead.Direction == LeadDirection.ToVendor)
        {
            await receipts.AnsweredAsync(lead, ct);
            await mail.DecidedAsync(lead, ct);
        }

        return lead.Id;
    }

    // It has waited: its partner may have been suspended or have left since the rules looked.
    private async Task<Problem?> RefusedAsync(PartnerId partner, CancellationToken ct)
    {
        var state = await Db.Set<PartnerRow>().Where(p => p.Id == partner).Select(p => p.State).SingleAsync(ct);
        return Registration.MayRegister(state) ? null : PassingProblems.ReceiverNotActive(state);
    }
}
