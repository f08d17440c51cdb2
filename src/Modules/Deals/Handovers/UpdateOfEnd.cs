using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>The deal was lost, withdrawn, revoked, or its protection has ended.</summary>
internal sealed class UpdateOfEnd(Work work) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
