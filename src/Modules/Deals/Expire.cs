using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Ends a protection whose last day is over. Run by the clock; a deal that is not due is left alone.</summary>
internal sealed class Expire(Work work, DealReceipts receipts) : UseCase<DealId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(DealId id, CancellationToken ct)
    {
        var found = await Work.DealAsync(id, null, ct);
        if (!found.Ok) return found.Problem;
        var deal = found.Value;
        if (deal.State != DealState.Approved || deal.ExpiresOn is not { } last || last >= Work.Today) return false;
        var moved = Work.Move(deal, DealTrigger.Expire, $"The protection ended on {Rules.Phrases.Day(last)}.");
        if (!moved.Ok) return moved.Problem;
        Work.Publish(new DealEnded(deal.Id, deal.PartnerId, deal.State, Work.Now));
        await receipts.ExpiredAsync(deal, ct);
        return true;
    }
}
