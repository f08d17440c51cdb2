using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Products in the search over everything.</summary>
internal sealed class ProductSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(AccountsPermissions.View)) return [];
        var found = await work.Db.Set<Product>().AsNoTracking().Matching(work.Db, folded).Take(ISearchSource.Candidates).Select(p => new { p.Id, p.Name, p.Series }).ToListAsync(ct);
        return [.. found.Best(folded, limit, p => p.Name).Select(p => new Hit("Product", p.Name, p.Series ?? "", $"/app/products/{p.Id}"))];
    }
}
