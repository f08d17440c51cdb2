using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Target lists in the search box of both faces, by name.</summary>
internal sealed class TargetListSearch(Work work) : ISearchSource
{
    // A company has few lists for each of its partners; the newest are enough to look through.
    private const int Looked = 500;

    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(TargetPermissions.View) || folded.Length == 0) return [];
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var newest = await work.Db.Set<TargetList>().AsNoTracking().OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Take(Looked).Select(l => new { l.Id, l.Name, l.ArchivedAt }).ToListAsync(ct);
        var root = work.Actor.IsPartner ? "/portal/target-lists/" : "/app/target-lists/";
        return [.. newest.Where(l => Text.Fold(l.Name) is var name && Array.TrueForAll(words, w => name.Contains(w, StringComparison.Ordinal))).Take(limit).Select(l => new Hit("Target list", l.Name, l.ArchivedAt is null ? "Target list" : "Ended", root + l.Id))];
    }
}

/// <summary>Two accounts became one: companies of lists that were the one that went are the one that stayed.</summary>
internal sealed class MoveTargets(Work work) : IHear<AccountsMerged>
{
    public Task HearAsync(AccountsMerged happened, CancellationToken ct) => work.Db.Set<Target>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.AccountId == happened.FromId)
        .ExecuteUpdateAsync(s => s.SetProperty(t => t.AccountId, (AccountId?)happened.IntoId), ct);
}

/// <summary>The merge was undone: companies that stand on their lists under the name of the account that parted go back to it.</summary>
internal sealed class ReturnTargets(Work work) : IHear<AccountsParted>
{
    public async Task HearAsync(AccountsParted happened, CancellationToken ct)
    {
        if (await work.Db.Set<AccountRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(a => a.Id == happened.FromId).Select(a => a.Name).SingleOrDefaultAsync(ct) is not { } name) return;
        var key = Customers.NameKey(name);
        await work.Db.Set<Target>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.AccountId == happened.IntoId && t.NameKey == key)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.AccountId, (AccountId?)happened.FromId), ct);
    }
}
