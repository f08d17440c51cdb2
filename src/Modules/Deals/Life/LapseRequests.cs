using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>What was asked for on a deal that has ended needs no answer any more.</summary>
internal sealed class LapseRequests(Work work) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => RunAsync(work, happened.Deal, ct);

    public static async Task RunAsync(Work work, DealId deal, CancellationToken ct)
    {
        foreach (var request in await work.Db.Set<DealRequest>().Where(r => r.DealId == deal && r.State == RequestState.Pending).ToListAsync(ct))
            request.Move(work, RequestTrigger.Lapse, "The registration has ended.");
    }
}
