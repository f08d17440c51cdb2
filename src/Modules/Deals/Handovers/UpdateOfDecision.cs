using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>The deal was decided anew, after it had been taken back or refused.</summary>
internal sealed class UpdateOfDecision(Work work) : IHear<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => QueueUpdate.RunAsync(work, happened.Deal, ct);
}
