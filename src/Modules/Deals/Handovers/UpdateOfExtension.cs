using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>The customer is protected for longer.</summary>
internal sealed class UpdateOfExtension(Work work) : IHear<DealExtended>
{
    public Task HearAsync(DealExtended happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
