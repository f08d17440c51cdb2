using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>
/// The vendor takes back a win that was none. The deal is lost, since its protection ended with the win; who still works on it registers again. Credit, figures and earnings follow
/// the event, as they do of every end.
/// </summary>
internal sealed class CorrectWin(Work work, DealMail mail, DealReceipts receipts) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Correct;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (new Check().Text(input.Text, "text", "The reason", 1000).Problem is { } problem) return problem;
        var deal = found.Value;
        var moved = Work.Move(deal, DealTrigger.Correct, $"It was marked as won by mistake. {input.Text!.Trim()}");
        if (!moved.Ok) return moved.Problem;
        deal.TakeBackWin();
        Work.Publish(new DealEnded(deal.Id, deal.PartnerId, deal.State, Work.Now));
        await receipts.DecidedAsync(deal, ct);
        await mail.DecidedAsync(deal, ct);
        return deal.Id;
    }
}
