using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>Another partner holds the deal.</summary>
internal sealed class UpdateOfTransfer(Work work) : IHear<DealTransferred>
{
    public Task HearAsync(DealTransferred happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
