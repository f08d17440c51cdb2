using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The partner takes a registration that waits for a decision back into its drafts. It gives up its place in the queue.</summary>
internal sealed class Recall(Work work) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Text, "text", "The reason", 1000, required: false).Problem is { } problem) return problem;
        var moved = Work.Move(found.Value, DealTrigger.Recall, Text.OrNull(input.Text) ?? "Taken back to be changed.");
        if (!moved.Ok) return moved.Problem;
        found.Value.BeginAnew(afterEnd: false);
        Work.Publish(new DealChanged(input.Deal, Work.Now));
        return input.Deal;
    }
}

/// <summary>A refused or withdrawn registration becomes a draft again, to be corrected and sent a second or third time.</summary>
internal sealed class Reopen(Work work) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (new Check().Text(input.Text, "text", "What you will correct", 1000, required: false).Problem is { } problem) return problem;
        if (!DealLifecycle.Machine.Allows(deal.State, DealTrigger.Reopen)) return DealLifecycle.Machine.Next(deal.State, DealTrigger.Reopen).Problem!;
        if (deal.ResubmissionsLeft <= 0) return LifeProblems.NoMoreResubmissions(Deal.MostResubmissions);
        var moved = Work.Move(deal, DealTrigger.Reopen, Text.OrNull(input.Text) ?? "To be corrected.");
        if (!moved.Ok) return moved.Problem;
        deal.BeginAnew(afterEnd: true);
        Work.Publish(new DealChanged(deal.Id, Work.Now));
        return deal.Id;
    }
}

/// <summary>What a partner can do about a refusal, by its reason.</summary>
internal static class Corrections
{
    public static string For(ReasonCode? reason) => reason switch
    {
        ReasonCode.DuplicateOfEarlierRegistration => "Another claim stands. Register again when it has ended, or name what makes yours another deal: another product or another company.",
        ReasonCode.ExistingDirectOpportunity => "Ask your partner manager whether you can work on it together with our direct team.",
        ReasonCode.NamedAccount => "Ask your partner manager for an exception before you send it again.",
        ReasonCode.NotAFit => "Say what has changed: another product, another size, another need of the customer.",
        ReasonCode.Incomplete => "Complete the fields, then send it again.",
        ReasonCode.NoVerifiableContact => "Name your contact with an e-mail address at the customer, and what you have done so far; then send it again.",
        ReasonCode.OutsideTerritory => "If the customer buys in your territory, correct the country and say so.",
        ReasonCode.NotCertified => "Send it again once somebody of your company holds the certification.",
        ReasonCode.AlreadyCustomer => "If it is another product or a new part of the company, say so and send it again.",
        _ => "Correct what the explanation names, then send it again.",
    };
}
