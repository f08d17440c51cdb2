using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>The merge was undone: companies that stand on their lists under the name of the account that parted go back to it.</summary>
internal sealed class ReturnTargets(Work work) : IHear<AccountsParted>
{
    public async Task HearAsync(AccountsParted happened, CancellationToken ct)
    {
        if (await work.Db.Set<AccountRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(a => a.Id == happened.FromId).Select(a => a.Name).SingleOrDefaultAsync(ct) is not { } name) return;
        var key = Customers.NameKey(name);
        await work.Db.Set<Target>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.AccountId == happened.IntoId && t.NameKey == key)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.AccountId, (AccountId?)happened.FromId), ct);
    }
}
