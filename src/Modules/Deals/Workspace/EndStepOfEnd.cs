using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Neither has one that ended in another way.</summary>
internal sealed class EndStepOfEnd(Work work) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => work.EndStepOfOverAsync(happened.Deal, happened.At, ct);
}
