using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A deal that is won has no next step any more.</summary>
internal sealed class EndStepOfWin(Work work) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => work.EndStepOfOverAsync(happened.Deal, happened.At, ct);
}
