using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal sealed class LeadOnDecided(FollowRegistration follow) : IHear<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}
