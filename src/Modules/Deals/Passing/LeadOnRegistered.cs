using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal sealed class LeadOnRegistered(FollowRegistration follow) : IHear<DealRegistered>
{
    public Task HearAsync(DealRegistered happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}
