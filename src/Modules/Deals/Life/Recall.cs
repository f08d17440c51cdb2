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
