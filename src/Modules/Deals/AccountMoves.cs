using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Passing;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A registration that changed its account because two accounts became one: what goes back when that is undone.</summary>
internal sealed class AccountMove : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Merge { get; init; }
    public DealId DealId { get; init; }
    public AccountId FromId { get; init; }

    public static void Map(ModelBuilder model) => model.Owned<AccountMove>("deals_account_move", m => new { m.TenantId, m.Merge, m.DealId });
}

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
    }
}

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
    }
}
