using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Accounts and products in the search over everything.</summary>
internal sealed class AccountSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(AccountsPermissions.View)) return [];
        var accounts = await work.Db.Set<Account>().AsNoTracking().Matching(work.Db, folded).Take(ISearchSource.Candidates)
            .Select(a => new { a.Id, a.Name, a.Domain, a.Country }).ToListAsync(ct);
        var opportunities = accounts.Count >= limit ? [] : await work.Db.Set<Opportunity>().AsNoTracking().Where(o => o.ExternalId == folded || o.ExternalId == folded.ToUpperInvariant()).Take(1)
            .Select(o => o.ExternalId).ToListAsync(ct);
        return
        [
            .. accounts.Best(folded, limit, a => a.Name).Select(a => new Hit("Account", a.Name, string.Join(" · ", new[] { a.Domain, a.Country is { } c ? CountryNames.Name(c) : null }.OfType<string>()), $"/app/accounts/{a.Id}")),
            .. opportunities.Select(o => new Hit("Opportunity", o, "Opportunity in the CRM", $"/app/opportunities?q={Uri.EscapeDataString(o)}")),
        ];
    }
}
