using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Ends them when the deal is won.</summary>
internal sealed class EndAgreementsOfWin(EndAgreements end) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => end.RunAsync(happened.Deal, happened.At, "The deal was won.", ct);
}
