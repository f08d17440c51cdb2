using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal sealed class LeadOnEnded(FollowRegistration follow) : IHear<DealEnded>
{
    public Task HearAsync(DealEnded happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}
