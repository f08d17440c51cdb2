using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What the keys of an account follow from.</summary>
internal readonly record struct KeyedAccount(AccountId Id, string Name, string? Domain, string? TaxNumber);

/// <summary>Keeps the keys under which accounts are found in step with their names and domains.</summary>
internal static class AccountKeys
{
    public static IEnumerable<AccountKey> Of(Account account) =>
        Keys(account.Name, account.Domain, account.TaxNumber).Select(key => new AccountKey { TenantId = account.TenantId, Key = key, AccountId = account.Id });

    private static List<string> Keys(string name, string? domain, string? taxNumber)
    {
        var keys = CompanyKeys.Stored(new CompanyRecord(name, domain, taxNumber));
        return [.. keys.Exact.Concat(keys.Near).Distinct()];
    }

    /// <summary>The keys of new accounts in the order of the index, so that each of its pages is written once.</summary>
    public static AccountKey[] Sorted(TenantId tenant, IReadOnlyCollection<KeyedAccount> accounts)
    {
        var keys = accounts.AsParallel().SelectMany(a => Keys(a.Name, a.Domain, a.TaxNumber).Select(key => new AccountKey { TenantId = tenant, Key = key, AccountId = a.Id })).ToArray();
        Array.Sort(Array.ConvertAll(keys, k => Beginning(k.Key)), keys);
        return keys;
    }

    // Eight letters as one number, in the order of the letters. Keys that begin alike share a page or two of the index, so their order among themselves gains nothing.
    private static ulong Beginning(string key)
    {
        var beginning = 0UL;
        for (var i = 0; i < 8; i++) beginning = (beginning << 8) | (i < key.Length ? (byte)Math.Min(key[i], (char)255) : (byte)0);
        return beginning;
    }

    /// <summary>
    /// Replaces the keys of tracked accounts whose names, domains or tax numbers may have changed. What was there follows from the values that were read: the keys themselves
    /// are indexed by key alone, since a second index would cost as much as the first at every import.
    /// </summary>
    public static async Task RenewAsync(Work work, IReadOnlyCollection<Account> accounts, CancellationToken ct)
    {
        foreach (var account in accounts)
        {
            var wanted = Of(account).Select(k => k.Key).ToList();
            var entry = work.Db.Entry(account);
            var before = entry.State == EntityState.Added ? [] : Keys(entry.OriginalValues.GetValue<string>(nameof(Account.Name)), entry.OriginalValues.GetValue<string?>(nameof(Account.Domain)), entry.OriginalValues.GetValue<string?>(nameof(Account.TaxNumber)));
            if (before.Count == wanted.Count && before.All(wanted.Contains)) continue;
            var (id, gone) = (account.Id, before.Except(wanted).ToList());
            if (gone.Count > 0) await work.Db.Set<AccountKey>().Where(k => gone.Contains(k.Key) && k.AccountId == id).ExecuteDeleteAsync(ct);
            var there = await work.Db.Set<AccountKey>().Where(k => wanted.Contains(k.Key) && k.AccountId == id).Select(k => k.Key).ToListAsync(ct);
            work.Db.AddRange(wanted.Except(there).Select(key => new AccountKey { TenantId = account.TenantId, Key = key, AccountId = id }));
        }
    }

    /// <summary>Takes the keys of accounts away that are about to go.</summary>
    public static async Task DeleteAsync(Work work, IReadOnlyCollection<AccountId> accounts, CancellationToken ct)
    {
        foreach (var ids in accounts.Chunk(200))
        {
            var keys = (await AccountsAsync(work, ids, ct)).SelectMany(a => Keys(a.Name, a.Domain, a.TaxNumber)).Distinct().ToList();
            await work.Db.Set<AccountKey>().Where(k => EF.Parameter(keys).Contains(k.Key) && ids.Contains(k.AccountId)).ExecuteDeleteAsync(ct);
        }
    }
    /// <summary>Writes the keys that accounts, as they are now, still lack. What else leads to one of them only makes one more candidate, of which the values decide.</summary>
    public static async Task CompleteAsync(Work work, IReadOnlyCollection<AccountId> accounts, CancellationToken ct)
    {
        foreach (var ids in accounts.Chunk(200)) await work.Db.Engine.InsertMissingAsync(work.Db, Sorted(work.Tenant, await AccountsAsync(work, ids, ct)), ct);
    }

    private static Task<List<KeyedAccount>> AccountsAsync(Work work, AccountId[] ids, CancellationToken ct) =>
        work.Db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new KeyedAccount(a.Id, a.Name, a.Domain, a.TaxNumber)).ToListAsync(ct);
}
