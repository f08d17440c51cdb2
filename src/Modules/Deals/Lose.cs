using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The vendor records that the deal is lost, and why.</summary>
internal sealed class Lose(Work work) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Close;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (await Closing.RefusedAsync(Work, found.Value, ct) is { } refused) return refused;
        if (new Check().Text(input.Text, "text", "The reason", 1000).Problem is { } problem) return problem;
        var deal = found.Value;
        var moved = Work.Move(deal, DealTrigger.Lose, input.Text!.Trim());
        if (!moved.Ok) return moved.Problem;
        Work.Publish(new DealEnded(deal.Id, deal.PartnerId, deal.State, Work.Now));
        return deal.Id;
    }
}
