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
