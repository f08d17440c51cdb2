using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>People at accounts in the search over everything.</summary>
internal sealed class ContactSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(AccountsPermissions.View)) return [];
        var found = await (from c in work.Db.Set<AccountContact>().AsNoTracking().Matching(work.Db, folded).Take(ISearchSource.Candidates)
                           join a in work.Db.Set<Account>() on new { c.TenantId, Id = c.AccountId } equals new { a.TenantId, a.Id }
                           select new { c.Id, c.Name, c.Title, Account = a.Name }).ToListAsync(ct);
        return [.. found.Best(folded, limit, c => c.Name).Select(c => new Hit("Contact", c.Name, string.Join(" · ", new[] { c.Title, c.Account }.OfType<string>()), $"/app/contacts/{c.Id}"))];
    }
}
