using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Hears;

/// <summary>The merge was undone: what it brought goes back.</summary>
internal sealed class ReturnRelations(Work work) : IHear<AccountsParted>
{
    public async Task HearAsync(AccountsParted happened, CancellationToken ct)
    {
        foreach (var row in await work.Db.Set<CustomerRelation>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.AccountId == happened.IntoId && r.Merge == happened.Merge).ToListAsync(ct)) row.Return();
    }
}
