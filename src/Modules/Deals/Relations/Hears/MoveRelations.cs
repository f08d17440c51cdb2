using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Hears;

/// <summary>Two accounts became one: the history of the one that went goes over. Where both say who holds the relation, the account that stays is right.</summary>
internal sealed class MoveRelations(Work work) : IHear<AccountsMerged>
{
    public async Task HearAsync(AccountsMerged happened, CancellationToken ct)
    {
        var rows = await work.Db.Set<CustomerRelation>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.AccountId == happened.FromId).ToListAsync(ct);
        if (rows.Count == 0) return;
        var said = await work.Db.Set<CustomerRelation>().IgnoreQueryFilters([Db.PartnerFilter]).AnyAsync(r => r.AccountId == happened.IntoId && r.EndedAt == null, ct);
        foreach (var row in rows) row.Move(happened.Merge, happened.IntoId, said ? happened.At : null);
    }
}
