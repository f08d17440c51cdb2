using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>The deal was won.</summary>
internal sealed class UpdateOfWin(Work work) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
