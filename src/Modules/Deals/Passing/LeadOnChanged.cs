using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal sealed class LeadOnChanged(FollowRegistration follow) : IHear<DealChanged>
{
    public Task HearAsync(DealChanged happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}
