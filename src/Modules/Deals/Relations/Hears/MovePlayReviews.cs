using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Relations.Plays;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Hears;

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
