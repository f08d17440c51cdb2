using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Partners' registrations over a group of companies.</summary>
internal sealed class GroupDeals(Work work) : IGroupFigures
{
    public Permission? Permission => DealsPermissions.View;

    public async Task<IReadOnlyList<GroupFigure>> OfAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken ct)
    {
        var alive = DealLifecycle.Claiming.Concat(DealLifecycle.Pending).ToArray();
        var rows = await work.Db.Set<Deal>().AsNoTracking().Where(d => d.AccountId != null && accounts.Contains(d.AccountId.Value) && (alive.Contains(d.State) || d.State == DealState.Won))
            .GroupBy(d => d.State == DealState.Won)
            .Select(g => new { Won = g.Key, Count = g.Count(), Amount = g.Sum(d => d.MainAmount), WithoutRate = g.Count(d => d.NoRate) }).ToListAsync(ct);
        var (open, won) = (rows.Find(r => !r.Won), rows.Find(r => r.Won));
        return
        [
            new GroupFigure("Open registrations", open?.Count ?? 0, open?.Amount ?? 0, "Partners' registrations in the group that are pending, approved or converted.") { WithoutRate = open?.WithoutRate ?? 0 },
            new GroupFigure("Won with partners", won?.Count ?? 0, won?.Amount ?? 0, "Registrations in the group that were won, of all time.") { WithoutRate = won?.WithoutRate ?? 0 },
        ];
    }
}
