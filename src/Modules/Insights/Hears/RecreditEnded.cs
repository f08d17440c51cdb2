using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

internal sealed class RecreditEnded(RecreditDeal recredit) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}
