using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A column of the board: the deals of one stage, the newest first.</summary>
/// <param name="Key">The machine name, as moves name it.</param>
/// <param name="Title">The heading.</param>
/// <param name="Count">How many there are; one more than <see cref="Capped.Cap"/> where not all were counted.</param>
/// <param name="Whole">Whether all were counted: of a status nobody counts more than the cap.</param>
/// <param name="Amount">What they are worth; null where amounts are out of sight, or the deals more than are counted.</param>
/// <param name="Cards">The first of them.</param>
internal sealed record BoardColumn(string Key, string Title, int Count, bool Whole, Money? Amount, IReadOnlyList<BoardCard> Cards)
{
    /// <summary>The count as people read it: <c>1,412</c>, <c>1,000+</c>.</summary>
    public string Total => Whole ? $"{Count:N0}" : Capped.Text(Count);
}

/// <summary>A deal on the board, with the moves that its status and this actor allow, each with the column it leads to.</summary>
internal sealed record BoardCard(DealLine Deal, IReadOnlyList<(DealTrigger On, string Column)> Moves)
{
    /// <summary>Where the linked opportunity stands; null without one, or where the deal's dates are out of sight.</summary>
    public LinkedStage? Opportunity { get; init; }
}

/// <summary>The stage of a linked opportunity, and when it is expected to close.</summary>
internal sealed record LinkedStage(OpportunityStage Stage, DateOnly? Closes);

/// <summary>The deals by stage: the same rows as the list, in columns.</summary>
internal static class Board
{
    public const int Shown = 12;

    private static readonly (string Key, string Title, DealState[] States)[] Columns =
    [
        ("draft", "Draft", [DealState.Draft]),
        ("in_review", "In review", [DealState.Submitted, DealState.InReview]),
        ("info_requested", "Returned – information needed", [DealState.InfoRequested]),
        ("approved", "Approved", [DealState.Approved]),
        ("converted", "In the opportunity", [DealState.Converted]),
        ("won", "Won", [DealState.Won]),
        ("over", "Lost or ended", DealList.EndedStates),
    ];

    public static string ColumnOf(DealState state) => Array.Find(Columns, c => c.States.Contains(state)).Key;

    public static async Task<IReadOnlyList<BoardColumn>> FindAsync(Work work, DealFilter filter, CancellationToken ct)
    {
        var currency = work.Actor.Currency;
        var limited = !work.Actor.IsPartner && !work.Actor.May(DealsPermissions.SeeAll);
        // Of each status no more than are counted, from an index that holds what is summed: of a hundred thousand deals nobody waits for all.
        var sums = await Columns.SelectMany(c => c.States).Select(state => DealList.Filtered(work, filter with { View = DealView.All, State = state }).Select(d => new { d.State, d.MainAmount }).Take(Capped.Cap + 1))
            .Aggregate((all, next) => all.Concat(next)).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count(), Amount = g.Sum(d => d.MainAmount) }).ToListAsync(ct);
        List<BoardColumn> columns = [];
        foreach (var (key, title, states) in Columns)
        {
            if (key == "draft" && !work.Actor.IsPartner) continue;
            List<DealLine> lines = [];
            // A stage is one or several states, each read by its own index.
            foreach (var state in states.Where(s => sums.Any(x => x.Key == s)))
                lines.AddRange((await DealList.UnnamedAsync(work, filter with { View = DealView.All, State = state, Sort = null }, new Paging(null, Shown), ct)).Items);
            var shown = lines.OrderByDescending(l => l.CreatedAt).Take(Shown).ToList();
            var stages = key == ColumnOf(DealState.Converted) ? await StagesAsync(work, [.. shown.Where(l => l.AmountShown).Select(l => l.Id)], ct) : [];
            var cards = shown.Select(l => new BoardCard(l, Moves(work.Actor, l)) { Opportunity = stages.GetValueOrDefault(l.Id) }).ToList();
            var mine = sums.Where(s => states.Contains(s.Key)).ToList();
            var whole = mine.All(s => s.Count <= Capped.Cap);
            columns.Add(new BoardColumn(key, title, whole ? mine.Sum(s => s.Count) : Capped.Cap + 1, whole, limited || !whole ? null : new Money(mine.Sum(s => s.Amount), currency), cards));
        }

        await DealList.NameAsync(work, [.. columns.SelectMany(c => c.Cards).Select(c => c.Deal)], ct);
        return columns;
    }

    private static async Task<Dictionary<DealId, LinkedStage>> StagesAsync(Work work, DealId[] deals, CancellationToken ct) => deals.Length == 0 ? [] : await (
        from d in work.Db.Set<Deal>()
        join o in work.Db.Set<OpportunityRow>() on new { d.TenantId, Id = d.OpportunityId } equals new { o.TenantId, Id = (OpportunityId?)o.Id }
        where deals.Contains(d.Id)
        select new { d.Id, o.Stage, o.ExpectedOn }).ToDictionaryAsync(s => s.Id, s => new LinkedStage(s.Stage, s.ExpectedOn), ct);

    // Pure: only what the lifecycle and the actor's permissions allow.
    public static IReadOnlyList<(DealTrigger On, string Column)> Moves(Actor actor, DealLine line) =>
        [.. DealLifecycle.Allowed(actor, line.Partner, line.State).Where(on => on != DealTrigger.Submit).Select(on => (on, ColumnOf(DealLifecycle.Machine.Next(line.State, on).Value)))];
}
