using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>Finds the accounts that a typed customer may be. It answers to Trellis' own rules: a partner must not be shown what it finds.</summary>
public static class Customers
{
    /// <summary>Below this score two companies are taken for different ones.</summary>
    public const double Likely = 0.8;

    private const int MostCandidates = 60;

    /// <summary>The likely accounts, best first, at most five. Two look-ups by index, however many accounts there are.</summary>
    public static async Task<IReadOnlyList<CustomerMatch>> MatchAsync(Work work, TypedCustomer typed, CancellationToken ct)
    {
        if (typed.Name.Length > 500) return [];
        var domain = WebDomains.Of(typed.Domain);
        var (exact, near) = CompanyNames.Keys(typed.Name, domain);
        if (exact.Length + near.Length == 0) return [];
        var keys = work.Db.Set<AccountKey>().AsNoTracking();
        var accounts = work.Db.Set<Account>().AsNoTracking();
        var same = from key in keys
                   join account in accounts on new { key.TenantId, Id = key.AccountId } equals new { account.TenantId, account.Id }
                   where exact.Contains(key.Key)
                   select new Candidate(account.Id, account.Name, account.Domain, account.Country);
        var shared = keys.Where(k => near.Contains(k.Key)).Take(3000).GroupBy(k => new { k.TenantId, k.AccountId })
            .Select(g => new { g.Key.TenantId, g.Key.AccountId, Shared = g.Count() }).OrderByDescending(g => g.Shared).ThenBy(g => g.AccountId).Take(MostCandidates);
        var alike = from key in shared
                    join account in accounts on new { key.TenantId, Id = key.AccountId } equals new { account.TenantId, account.Id }
                    select new Candidate(account.Id, account.Name, account.Domain, account.Country);
        var found = await same.Take(MostCandidates).ToListAsync(ct);
        found.AddRange(await alike.ToListAsync(ct));
        return [.. found.DistinctBy(c => c.Id).Select(c => CustomerScore.Of(typed, domain, c)).Where(m => m.Score >= Likely)
            .OrderByDescending(m => m.Score).ThenBy(m => m.Name, StringComparer.Ordinal).Take(5)];
    }
}
