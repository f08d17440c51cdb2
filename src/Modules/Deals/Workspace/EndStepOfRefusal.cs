using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Nor one that was refused.</summary>
internal sealed class EndStepOfRefusal(Work work) : IHear<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => work.EndStepOfOverAsync(happened.Deal, happened.At, ct);
}
