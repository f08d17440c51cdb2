using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Two accounts became one: companies of lists that were the one that went are the one that stayed.</summary>
internal sealed class MoveTargets(Work work) : IHear<AccountsMerged>
{
    public Task HearAsync(AccountsMerged happened, CancellationToken ct) => work.Db.Set<Target>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.AccountId == happened.FromId)
        .ExecuteUpdateAsync(s => s.SetProperty(t => t.AccountId, (AccountId?)happened.IntoId), ct);
}
