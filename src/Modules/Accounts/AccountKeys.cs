using Microsoft.EntityFrameworkCore;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Keeps the keys under which accounts are found in step with their names and domains.</summary>
internal static class AccountKeys
{
    public static IEnumerable<AccountKey> Of(Account account)
    {
        var keys = CompanyKeys.Stored(new CompanyRecord(account.Name, account.Domain, account.TaxNumber));
        return keys.Exact.Concat(keys.Near).Distinct().Select(key => new AccountKey { TenantId = account.TenantId, Key = key, AccountId = account.Id });
    }

    public static Task InsertAsync(Work work, IEnumerable<Account> accounts, CancellationToken ct) =>
        work.Db.Engine.InsertAsync(work.Db, accounts.SelectMany(Of), ct);

    /// <summary>Replaces the keys of accounts whose names, domains or tax numbers may have changed.</summary>
    public static async Task RenewAsync(Work work, IReadOnlyCollection<Account> accounts, CancellationToken ct)
    {
        foreach (var some in accounts.Chunk(500))
        {
            var ids = some.Select(a => a.Id).ToList();
            var there = (await work.Db.Set<AccountKey>().Where(k => ids.Contains(k.AccountId)).ToListAsync(ct)).ToLookup(k => k.AccountId);
            foreach (var account in some)
            {
                var wanted = Of(account).ToDictionary(k => k.Key);
                work.Db.RemoveRange(there[account.Id].Where(t => !wanted.Remove(t.Key)));
                work.Db.AddRange(wanted.Values);
            }
        }
    }
}
