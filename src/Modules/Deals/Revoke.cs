using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The vendor takes a protection back, with a reason that the partner reads.</summary>
internal sealed class Revoke(Work work, DealMail mail, DealReceipts receipts) : UseCase<RefuseInput, DealId>(work)
{
    protected override Permission Permission => DealsPermissions.Revoke;

    protected override async Task<Result<DealId>> HandleAsync(RefuseInput input, CancellationToken ct)
    {
        var found = await Work.DealAsync(input.Deal, input.Version, ct);
        if (!found.Ok) return found.Problem;
        if (Reasons.Check(input.Reason, input.Text).Problem is { } problem) return problem;
        var deal = found.Value;
        var moved = Work.Move(deal, DealTrigger.Revoke, Reasons.Words(input.Reason!.Value, input.Text), input.Reason);
        if (!moved.Ok) return moved.Problem;
        Work.Publish(new DealEnded(deal.Id, deal.PartnerId, deal.State, Work.Now));
        await receipts.DecidedAsync(deal, ct);
        await mail.DecidedAsync(deal, ct);
        return deal.Id;
    }
}
