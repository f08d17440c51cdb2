using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A refusal by a person.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Reason">The reason code.</param>
/// <param name="Text">Words for the partner; needed with <see cref="ReasonCode.Other"/>.</param>
/// <param name="Version">The version that the caller has seen.</param>
internal sealed record RefuseInput(DealId Deal, ReasonCode? Reason, string? Text = null, long? Version = null);

/// <summary>The vendor refuses a registration, with a reason that the partner reads.</summary>
internal sealed class Refuse(Work work, DealMail mail, DealReceipts receipts) : UseCase<RefuseInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<DealId>> HandleAsync(RefuseInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (DealLifecycle.Machine.Allows(deal.State, DealTrigger.Reject) && Rules.ReviewRoles.Refusal(Work.Actor, deal.Reviewer) is { } others) return others;
        if (Reasons.Check(input.Reason, input.Text).Problem is { } problem) return problem;
        var moved = Work.Move(deal, DealTrigger.Reject, Reasons.Words(input.Reason!.Value, input.Text), input.Reason);
        if (!moved.Ok) return moved.Problem;
        Work.Publish(new DealDecided(deal.Id, deal.PartnerId, deal.State, Words.Of(input.Reason.Value), Work.Now));
        await receipts.DecidedAsync(deal, ct);
        await mail.DecidedAsync(deal, ct);
        return deal.Id;
    }
}

/// <summary>A reason code with its words.</summary>
internal static class Reasons
{
    public static Check Check(ReasonCode? reason, string? text) => new Check()
        .That(reason is not null, "reason", "Choose the reason.")
        .Text(text, "text", "The explanation", 1000, required: reason == ReasonCode.Other);

    public static string Words(ReasonCode reason, string? text) =>
        Text.OrNull(text) is not { } words ? ReasonCodes.Label(reason) + "." : reason == ReasonCode.Other ? words : $"{ReasonCodes.Label(reason)}: {words}";
}
