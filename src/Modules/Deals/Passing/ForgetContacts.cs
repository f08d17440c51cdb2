using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>Forgets the customer's contact of leads that ended half a year ago: nobody needs that person's data for them any more.</summary>
internal sealed class ForgetContacts(Work work) : UseCase<DateTime, int>(work)
{
    protected override Permission Permission => PassingPermissions.Clock;

    protected override Task<Result<int>> HandleAsync(DateTime before, CancellationToken ct) => CountAsync(
        Db.Set<Lead>().Where(l => (l.ContactName != null || l.ContactEmail != null) && l.StateSince < before && !LeadLifecycle.Open.Contains(l.State))
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.ContactName, (string?)null).SetProperty(l => l.ContactEmail, (string?)null), ct));

    private static async Task<Result<int>> CountAsync(Task<int> changed) => await changed;
}
