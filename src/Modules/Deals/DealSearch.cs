using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Deals in the search box of both faces.</summary>
internal sealed class DealSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.View) || folded.Length == 0) return [];
        var root = work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/";
        // An amount is told where the row shows one: the filters of the other rows know what was promised to whom.
        var (db, shown) = (work.Db, work.Db.ReadsAmounts() && (work.Actor.IsPartner || work.Actor.May(DealsPermissions.SeeAll)));
        var found = await DealList.Filtered(work, new DealFilter { Search = folded }).Take(ISearchSource.Candidates)
            .Select(d => new { d.Id, d.Title, d.CreatedAt, d.State, d.Currency, Amount = shown ? db.Set<DealRow>().Where(r => r.TenantId == d.TenantId && r.Id == d.Id).Select(r => (long?)r.Amount).FirstOrDefault() : null }).ToListAsync(ct);
        return [.. found.OrderByDescending(d => d.CreatedAt).Best(folded, limit, d => d.Title).Select(d => new Hit("Deal", d.Title, d.Amount is { } amount ? $"{DealLifecycle.Label(d.State)}, {new Money(amount, d.Currency)}" : DealLifecycle.Label(d.State), root + d.Id))];
    }
}
