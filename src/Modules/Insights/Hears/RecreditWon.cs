using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

internal sealed class RecreditWon(RecreditDeal recredit) : IHear<DealWon>
{
    public Task HearAsync(DealWon happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}
