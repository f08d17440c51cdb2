using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>The deal was changed, linked or taken back.</summary>
internal sealed class UpdateOfChange(Work work) : IHear<DealChanged>
{
    public Task HearAsync(DealChanged happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
