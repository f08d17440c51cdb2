using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Passing;

/// <summary>The opportunities at a customer from which one is chosen, newest first.</summary>
internal static class LeadOpportunities
{
    public static async Task<Option[]> OfAsync(Work work, AccountId account, CancellationToken ct) =>
        [.. (await work.Db.Set<OpportunityRow>().AsNoTracking().Where(o => o.AccountId == account).OrderByDescending(o => o.OpenedOn).ThenByDescending(o => o.Id).Take(50).Select(o => new { o.Id, o.ExternalId, o.OwnerName }).ToListAsync(ct))
            .Select(o => new Option(o.Id.ToString(), o.OwnerName is null ? o.ExternalId : $"{o.ExternalId}, {o.OwnerName}"))];
}
