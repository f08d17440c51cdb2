using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

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
