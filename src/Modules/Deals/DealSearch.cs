using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Deals in the search box of both faces.</summary>
internal sealed class DealSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(DealsPermissions.View) || folded.Length == 0) return [];
        var root = work.Actor.IsPartner ? "/portal/deals/" : "/app/deals/";
        var found = await DealList.Filtered(work, new DealFilter { Search = folded }).Take(ISearchSource.Candidates)
            .Select(d => new { d.Id, d.Title, d.CreatedAt, d.State, d.Amount, d.Currency }).ToListAsync(ct);
        return [.. found.OrderByDescending(d => d.CreatedAt).Best(folded, limit, d => d.Title).Select(d => new Hit("Deal", d.Title, work.Actor.IsPartner || work.Actor.May(DealsPermissions.SeeAll) ? $"{DealLifecycle.Label(d.State)}, {new Money(d.Amount, d.Currency)}" : DealLifecycle.Label(d.State), root + d.Id))];
    }
}
