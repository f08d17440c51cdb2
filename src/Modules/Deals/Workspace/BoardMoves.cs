using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>The moves that a board offers: those of the deal's own page, each with the column it leads to. What would be refused is not offered.</summary>
internal static class BoardMoves
{
    public static async Task<Dictionary<DealId, IReadOnlyList<(DealTrigger On, string Column)>>> OfAsync(Work work, IReadOnlyList<DealLine> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.Id).ToArray();
        var deals = ids.Length == 0 ? [] : await work.Db.Set<Deal>().AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        var closes = await ClosableAsync(work, deals, ct);
        return deals.ToDictionary(d => d.Id, d => Moves(work.Actor, d, closes.Contains(d.Id)));
    }

    /// <summary>Pure: of one deal, by its status, by who decides on it, and by whether this reader may close it.</summary>
    public static IReadOnlyList<(DealTrigger On, string Column)> Moves(Actor actor, Deal deal, bool closes) =>
        [.. deal.AllowedTo(actor).Where(on => on != DealTrigger.Submit && (closes || !DealLifecycle.Closers.Contains(on))).Select(on => (on, Board.ColumnOf(DealLifecycle.Machine.Next(deal.State, on).Value)))];

    // One of the direct team closes what is its own; asked for all cards at once.
    private static async Task<HashSet<DealId>> ClosableAsync(Work work, List<Deal> deals, CancellationToken ct)
    {
        if (work.Actor.IsPartner || work.Actor.May(DealsPermissions.SeeAll)) return [.. deals.Select(d => d.Id)];
        var open = deals.Where(d => DealLifecycle.Claiming.Contains(d.State)).ToList();
        if (open.Count == 0 || !work.Actor.May(DealsPermissions.Close)) return [];
        var (ids, me) = (open.Select(d => d.Id).ToArray(), work.Actor.Person);
        var (opportunities, accounts) = (open.Where(d => d.OpportunityId is not null).Select(d => d.OpportunityId!.Value).ToArray(), open.Where(d => d.OpportunityId is null && d.AccountId is not null).Select(d => d.AccountId!.Value).ToArray());
        var ownOpportunities = opportunities.Length == 0 ? [] : await work.Db.Set<OpportunityRow>().Where(o => opportunities.Contains(o.Id) && o.OwnerId == me).Select(o => o.Id).ToListAsync(ct);
        var ownAccounts = accounts.Length == 0 ? [] : await work.Db.Set<AccountRow>().Where(a => accounts.Contains(a.Id) && a.OwnerId == me).Select(a => a.Id).ToListAsync(ct);
        var hidden = await DirectSight.Without(work.Db, PartBits.Figures).Where(s => ids.Contains(s.DealId)).Select(s => s.DealId).ToListAsync(ct);
        return [.. open.Where(d => !hidden.Contains(d.Id) && (d.OpportunityId is { } o ? ownOpportunities.Contains(o) : d.AccountId is { } a && ownAccounts.Contains(a))).Select(d => d.Id)];
    }
}
