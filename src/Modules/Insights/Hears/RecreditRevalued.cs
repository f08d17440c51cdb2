using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Hears;

internal sealed class RecreditRevalued(RecreditDeal recredit) : IHear<DealRevalued>
{
    public Task HearAsync(DealRevalued happened, CancellationToken ct) => recredit.RunAsync(happened.Deal, ct);
}
