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

    /// <summary>Replaces the keys of one account whose name, domain or tax number may have changed.</summary>
    public static async Task RenewAsync(Work work, Account account, CancellationToken ct)
    {
        var wanted = Of(account).ToList();
        var there = await work.Db.Set<AccountKey>().Where(k => k.AccountId == account.Id).ToListAsync(ct);
        work.Db.RemoveRange(there.Where(t => !wanted.Exists(w => w.Key == t.Key)));
        work.Db.AddRange(wanted.Where(w => !there.Exists(t => t.Key == w.Key)));
    }
}
