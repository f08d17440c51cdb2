using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>The same for a deal that is won.</summary>
internal sealed class LapseRequestsOfWon(Work work) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => LapseRequests.RunAsync(work, happened.Deal, ct);
}
