using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Words that go with a step: a question, an answer, a reason.</summary>
internal sealed record WordsInput(DealId Deal, string? Text, long? Version = null);

/// <summary>The vendor asks the partner something before it decides. Returned is not refused: the place in the queue is kept.</summary>
internal sealed class ReturnForInformation(Work work, DealMail mail) : UseCase<WordsInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Decide;

    protected override async Task<Result<DealId>> HandleAsync(WordsInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (DealLifecycle.Machine.Allows(deal.State, DealTrigger.RequestInfo) && Rules.ReviewRoles.Refusal(Work.Actor, deal.Reviewer) is { } others) return others;
        if (new Check().Text(input.Text, "text", "The question", 1000).Problem is { } problem) return problem;
        var moved = Work.Move(deal, DealTrigger.RequestInfo, input.Text!.Trim());
        if (!moved.Ok) return moved.Problem;
        await mail.AskedAsync(deal, ct);
        return deal.Id;
    }
}
