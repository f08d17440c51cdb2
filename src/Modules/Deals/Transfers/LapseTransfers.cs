using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Transfers;

/// <summary>A proposal that nobody has answered ends with its deal.</summary>
internal sealed class LapseTransfers(Work work) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => LapseAsync(work, happened.Deal, ct);

    public static async Task LapseAsync(Work work, DealId deal, CancellationToken ct)
    {
        foreach (var open in await work.Db.Set<Transfer>().Where(t => t.DealId == deal && t.State == TransferState.Proposed).ToListAsync(ct))
            open.Move(work, TransferTrigger.Lapse, "The deal has ended.");
    }
}
