using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal sealed class LeadOnDecided(FollowRegistration follow) : IHear<DealDecided>
{
    public Task HearAsync(DealDecided happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}
