using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Handovers;
using Trellis.Deals.Passing;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Two accounts became one: registrations and conflicts of the one that went name the one that stayed.</summary>
internal sealed class FollowMerge(Work work) : IHear<AccountsMerged>
{
    public async Task HearAsync(AccountsMerged happened, CancellationToken ct)
    {
        var deals = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.AccountId == happened.FromId).ToListAsync(ct);
        foreach (var deal in deals)
        {
            deal.Identify(deal.AccountState, happened.IntoId);
            work.Db.Add(new AccountMove { TenantId = work.Tenant, Merge = happened.Merge, DealId = deal.Id, FromId = happened.FromId });
        }

        await work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).Where(c => c.AccountId == happened.FromId)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.AccountId, (AccountId?)happened.IntoId), ct);
        await work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.AccountId == happened.FromId).ExecuteUpdateAsync(s => s.SetProperty(l => l.AccountId, (AccountId?)happened.IntoId), ct);
        await MergedClaims.WatchAsync(work, deals, happened.IntoId, ct);
        // CRM and ERP learn which company it is now: of those that were moved, and of those that were there and may have taken a name over.
        await work.SaveAsync(ct);
        await QueueUpdate.OfAccountsAsync(work, [happened.IntoId], ct);
    }
}
