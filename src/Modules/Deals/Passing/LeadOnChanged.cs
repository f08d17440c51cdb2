using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Life;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

internal sealed class LeadOnChanged(FollowRegistration follow) : IHear<DealChanged>
{
    public Task HearAsync(DealChanged happened, CancellationToken ct) => follow.FollowAsync(happened.Deal, ct);
}
