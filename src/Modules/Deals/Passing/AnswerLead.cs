using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>The receiving partner's answer.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="Accept">Yes or no.</param>
/// <param name="Reason">Of a no.</param>
/// <param name="Text">Words besides; needed where the reason is another one.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record LeadAnswer(LeadId Lead, bool Accept, DeclineReason? Reason = null, string? Text = null, long? Version = null);

/// <summary>A partner accepts a lead, or declines it and says why.</summary>
internal sealed class AnswerLead(Work work, LeadMail mail, LeadReceipts receipts) : UseCase<LeadAnswer, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Answer;

    protected override async Task<Result<LeadId>> HandleAsync(LeadAnswer input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (Work.Actor.Partner != lead.PartnerId || lead.Direction != LeadDirection.ToPartner) return PassingProblems.NotYours();
        if (Declining.Check(input).Problem is { } problem) return problem;
        if (input.Accept && lead.State == LeadState.Offered)
        {
            if (lead.AnswerBy < Work.Now) return PassingProblems.TooLate();
            var customer = new TypedCustomer(lead.CustomerName, lead.CustomerDomain, lead.Country, null, lead.CustomerCity);
            await Work.LockLeadsOfAsync(customer, null, ct);
            if (lead.AccountId is { } account) await Work.LockLeadsOfAsync(customer, account, ct);
            if (await Work.IsTakenAsync(lead, ct)) return PassingProblems.Taken();
        }

        var moved = lead.Move(Work, input.Accept ? LeadTrigger.Accept : LeadTrigger.Decline, Text.OrNull(input.Text));
        if (!moved.Ok) return moved.Problem;
        if (!input.Accept) lead.Because(input.Reason, null);
        await receipts.AnsweredAsync(lead, ct);
        await mail.AnsweredAsync(lead, ct);
        return lead.Id;
    }
}

/// <summary>A partner gives an accepted lead back and says why.</summary>
internal sealed class ReturnLead(Work work, LeadMail mail) : UseCase<LeadAnswer, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Answer;

    protected override async Task<Result<LeadId>> HandleAsync(LeadAnswer input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var lead = found.Value;
        if (Work.Actor.Partner != lead.PartnerId || lead.Direction != LeadDirection.ToPartner) return PassingProblems.NotYours();
        if (Declining.Check(input with { Accept = false }).Problem is { } problem) return problem;
        var moved = lead.Move(Work, LeadTrigger.Return, Text.OrNull(input.Text));
        if (!moved.Ok) return moved.Problem;
        lead.Because(input.Reason, null);
        await mail.AnsweredAsync(lead, ct);
        return lead.Id;
    }
}

internal static class Declining
{
    public static Check Check(LeadAnswer input) => new Check()
        .That(input.Accept || input.Reason is not null, "reason", "Choose a reason.")
        .Text(input.Text, "text", "The reason in words", 1000, required: !input.Accept && input.Reason == DeclineReason.Other);
}

/// <summary>What the vendor decides on a lead.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="Accept">Let it go out to the partner, or take what a partner has passed.</param>
/// <param name="Refusal">The reason of a no.</param>
/// <param name="Text">Words besides.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record LeadDecision(LeadId Lead, bool Accept, ReasonCode? Refusal = null, string? Text = null, long? Version = null);

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
}

/// <summary>The vendor takes an offer back, or a lead that was accepted: that only who decides on leads.</summary>
internal sealed class WithdrawLead(Work work, LeadMail mail) : UseCase<LeadDecision, LeadId>(work)
{
    protected override Permission Permission => PassingPermissions.Pass;

    protected override async Task<Result<LeadId>> HandleAsync(LeadDecision input, CancellationToken ct)
    {
        var found = await Work.LeadAsync(input.Lead, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (Work.Actor.IsPartner) return PassingProblems.VendorOnly();
        if (new Check().Text(input.Text, "text", "The reason", 1000).Problem is { } problem) return problem;
        var trigger = found.Value.State == LeadState.Accepted ? LeadTrigger.Revoke : LeadTrigger.Withdraw;
        if (trigger == LeadTrigger.Revoke && !Work.Actor.May(PassingPermissions.Decide)) return PassingProblems.DecidersOnly();
        var moved = found.Value.Move(Work, trigger, input.Text!.Trim());
        if (!moved.Ok) return moved.Problem;
        await mail.WithdrawnAsync(found.Value, ct);
        return found.Value.Id;
    }
}
