using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Transfers;

/// <summary>The same for one that is won: a listener hears one event.</summary>
internal sealed class LapseTransfersOfWins(Work work) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => LapseTransfers.LapseAsync(work, happened.Deal, ct);
}
