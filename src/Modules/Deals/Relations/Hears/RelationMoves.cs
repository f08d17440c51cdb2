using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Relations.Plays;
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

/// <summary>The merge was undone: what it brought goes back.</summary>
internal sealed class ReturnRelations(Work work) : IHear<AccountsParted>
{
    public async Task HearAsync(AccountsParted happened, CancellationToken ct)
    {
        foreach (var row in await work.Db.Set<CustomerRelation>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.AccountId == happened.IntoId && r.Merge == happened.Merge).ToListAsync(ct)) row.Return();
    }
}

/// <summary>Two accounts became one: what was reviewed at the one that went is not suggested again at the one that stayed, unless it was reviewed there as well.</summary>
internal sealed class MovePlayReviews(Work work) : IHear<AccountsMerged>
{
    public async Task HearAsync(AccountsMerged happened, CancellationToken ct)
    {
        var (from, into) = (happened.FromId.ToString(), happened.IntoId.ToString());
        var there = await work.Db.Set<PlayReview>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.Place == into).Select(r => r.Key).ToListAsync(ct);
        var reviews = await work.Db.Set<PlayReview>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => r.Place == from).ToListAsync(ct);
        foreach (var review in reviews.Where(r => !there.Contains(r.Key))) review.Move(happened.IntoId);
    }
}
