using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

internal sealed class RecreditChanged(RecreditDeal recredit) : IHear<DealChanged>
{
    public Task HearAsync(DealChanged happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}
