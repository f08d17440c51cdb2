using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>
/// The board by the stage of the sale, as the vendor's CRM has it: registrations that no opportunity is linked to yet, then deals by the stage of their opportunity, whatever their own status: one that
/// was linked, ended and was taken up again still has it. Won and lost ones stand there for a while. The stage is the CRM's, so cards are not dragged here; their moves are those of the deal.
/// </summary>
internal static class StageBoard
{
    /// <summary>For so many days what was closed still stands on the board.</summary>
    public const int Days = 90;

    private const string Unlinked = "unlinked";

    private static readonly DealState[] Before = [.. DealLifecycle.Pending, DealState.Approved];
    private static readonly DealState[] Linkable = [.. Before, DealState.Converted, DealState.Won, DealState.Lost];

    public static async Task<IReadOnlyList<BoardColumn>> FindAsync(Work work, DealFilter filter, CancellationToken ct)
    {
        var alone = filter with { Unlinked = true };
        var sums = await Board.SumsAsync(work, alone, Before, ct);
        List<(BoardColumn Column, List<DealLine> Lines)> columns = [await Board.ColumnAsync(work, alone, sums, Unlinked, "No opportunity yet", Before, ct)];
        var (linked, whole) = await LinkedAsync(work, filter, ct);
        var shown = linked.GroupBy(l => l.Stage).ToDictionary(g => g.Key, g => g.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Deal.Value).Take(Board.Shown).Select(l => l.Deal).ToList());
        DealId[] ids = [.. shown.Values.SelectMany(s => s)];
        var lines = ids.Length == 0 ? [] : (await DealList.UnnamedAsync(work, filter with { View = DealView.All, State = null, Sort = null, Only = ids }, new Paging(null, Paging.Most), ct)).Items;
        foreach (var stage in Enum.GetValues<OpportunityStage>())
        {
            var mine = linked.Where(l => l.Stage == stage).ToList();
            var order = shown.GetValueOrDefault(stage, []);
            columns.Add((new BoardColumn(Words.Of(stage), Words.Label(stage), mine.Count, whole, Board.Limited(work) || !whole ? null : new Money(mine.Sum(l => l.Amount), work.Actor.Currency), []),
                [.. lines.Where(l => order.Contains(l.Id)).OrderBy(l => order.IndexOf(l.Id))]));
        }

        return await Board.DealtAsync(work, columns, ct);
    }

    // Of each state no more than are counted, with nothing but what is grouped: the rows of the cards are read afterwards.
    private static async Task<(List<Linked> Rows, bool Whole)> LinkedAsync(Work work, DealFilter filter, CancellationToken ct)
    {
        var since = work.Now.AddDays(-Days);
        List<Linked> rows = [];
        var whole = true;
        foreach (var state in Linkable)
        {
            var deals = Seen(work, DealList.Filtered(work, filter with { View = DealView.All, State = state, Sort = null }).Where(d => d.OpportunityId != null));
            deals = DealLifecycle.IsOver(state) ? deals.Where(d => d.ClosedAt >= since).OrderByDescending(d => d.ClosedAt) : deals.OrderByDescending(d => d.CreatedAt);
            var found = await (
                from d in deals.Take(Capped.Cap + 1)
                join o in work.Db.Set<OpportunityRow>() on new { d.TenantId, Id = d.OpportunityId } equals new { o.TenantId, Id = (OpportunityId?)o.Id }
                select new Linked(d.Id, o.Stage, d.CreatedAt, d.MainAmount)).ToListAsync(ct);
            whole &= found.Count <= Capped.Cap;
            rows.AddRange(found);
        }

        return (rows, whole);
    }

    // Who may not read a deal's dates is not told its stage by the column in which it stands.
    private static IQueryable<Deal> Seen(Work work, IQueryable<Deal> deals)
    {
        if (work.Actor.IsPartner || work.Actor.May(DealsPermissions.SeeAll)) return deals;
        var hidden = DirectSight.Without(work.Db, PartBits.Figures);
        return deals.Where(d => !hidden.Any(s => s.TenantId == d.TenantId && s.DealId == d.Id));
    }

    private sealed record Linked(DealId Deal, OpportunityStage Stage, DateTime CreatedAt, long Amount);
}
