using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The partner gives a registration up; protection ends at once. A draft goes without a reason.</summary>
internal sealed class Withdraw(Work work, DealReceipts receipts) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.OwnDealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        var (draft, held) = (deal.State == DealState.Draft, DealLifecycle.Claiming.Contains(deal.State));
        if (new Check().Text(input.Text, "text", "The reason", 1000, required: !draft).Problem is { } problem) return problem;
        var moved = Work.Move(deal, DealTrigger.Withdraw, Text.OrNull(input.Text) ?? "The draft was given up.");
        if (!moved.Ok) return moved.Problem;
        if (held) await receipts.WithdrawnAsync(deal, ct);
        if (!draft) Work.Publish(new DealEnded(deal.Id, deal.PartnerId, deal.State, Work.Now));
        return deal.Id;
    }
}
