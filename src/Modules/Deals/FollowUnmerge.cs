using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Handovers;
using Trellis.Deals.Passing;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The merge was undone: what it had moved goes back, unless somebody has named another account since.</summary>
internal sealed class FollowUnmerge(Work work) : IHear<AccountsParted>
{
    public async Task HearAsync(AccountsParted happened, CancellationToken ct)
    {
        var moves = await work.Db.Set<AccountMove>().Where(m => m.Merge == happened.Merge).ToListAsync(ct);
        var ids = moves.Select(m => m.DealId).ToList();
        foreach (var deal in await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => ids.Contains(d.Id) && d.AccountId == happened.IntoId).ToListAsync(ct))
            deal.Identify(deal.AccountState, happened.FromId);
        await work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).Where(c => ids.Contains(c.DealId) && c.AccountId == happened.IntoId)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.AccountId, (AccountId?)happened.FromId), ct);
        // A lead goes back to the account whose name or web address it carries.
        if (await work.Db.Set<AccountRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(a => a.Id == happened.FromId).Select(a => new { a.Name, a.Domain }).SingleOrDefaultAsync(ct) is { } own)
        {
            var key = Customer.Key(own.Name);
            await work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.AccountId == happened.IntoId && (l.CustomerKey == key || (own.Domain != null && l.CustomerDomain == own.Domain)))
                .ExecuteUpdateAsync(s => s.SetProperty(l => l.AccountId, (AccountId?)happened.FromId), ct);
        }

        work.Db.RemoveRange(moves);
        await work.SaveAsync(ct);
        await QueueUpdate.OfAccountsAsync(work, [happened.FromId, happened.IntoId], ct);
    }
}
