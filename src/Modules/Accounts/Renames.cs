using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Tells other modules of tracked accounts that are about to be saved under another name, web address, country or identifier in the CRM. Most changes are of other things and cost nothing.</summary>
internal static class Renames
{
    private static readonly string[] Told = [nameof(Account.Name), nameof(Account.Domain), nameof(Account.Country), nameof(Account.ExternalId)];

    public static void Tell(Work work, IEnumerable<Account> accounts)
    {
        List<AccountId> renamed = [.. accounts.Where(a => Differs(work.Db.Entry(a))).Select(a => a.Id)];
        if (renamed.Count > 0) work.Publish(new AccountsRenamed(renamed, work.Now));
    }

    private static bool Differs(EntityEntry<Account> entry) =>
        entry.State != EntityState.Added && Array.Exists(Told, field => entry.Property<string?>(field) is var value && value.OriginalValue != value.CurrentValue);
}
