using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A column of the board: deals of one state or stage, the newest first.</summary>
/// <param name="Key">The machine name, as moves name it.</param>
/// <param name="Title">The heading.</param>
/// <param name="Count">How many there are; one more than <see cref="Capped.Cap"/> where not all were counted.</param>
/// <param name="Whole">Whether all were counted: of a status nobody counts more than the cap.</param>
/// <param name="Amount">What they are worth; null where amounts are out of sight, or the deals more than are counted.</param>
/// <param name="Cards">The first of them.</param>
internal sealed record BoardColumn(string Key, string Title, int Count, bool Whole, Money? Amount, IReadOnlyList<BoardCard> Cards)
{
    /// <summary>The count as people read it: <c>1,412</c>, <c>1,000+</c>.</summary>
    public string Total => Whole ? $"{Count:N0}" : Count > Capped.Cap ? Capped.Text(Count) : $"{Count:N0}+";
}

/// <summary>A deal on the board, with the moves that its status and this actor allow, each with the column it leads to.</summary>
internal sealed record BoardCard(DealLine Deal, IReadOnlyList<(DealTrigger On, string Column)> Moves)
{
    /// <summary>Where the linked opportunity stands; null without one, or where the deal's dates are out of sight.</summary>
    public LinkedStage? Opportunity { get; init; }

    /// <summary>Since when its next step is due; null where none is late.</summary>
    public DateOnly? Late { get; init; }
}

/// <summary>The stage of a linked opportunity, and when it is expected to close.</summary>
internal sealed record LinkedStage(OpportunityStage Stage, DateOnly? Closes);

/// <summary>What the columns of the board are.</summary>
internal enum BoardGrouping
{
    /// <summary>Where the registration stands.</summary>
    State,

    /// <summary>Where the linked opportunity stands in the vendor's CRM.</summary>
    Stage,
}

/// <summary>The deals in columns: the same rows as the list. By state here, by the stage of the sale in <see cref="StageBoard"/>.</summary>
internal static class Board
{
    public const int Shown = 12;
    public const string Drafts = "draft";

    private static readonly (string Key, string Title, DealState[] States)[] Columns =
    [
        (Drafts, "Draft", [DealState.Draft]),
        ("in_review", "In review", [DealState.Submitted, DealState.InReview]),
        ("info_requested", "Returned – information needed", [DealState.InfoRequested]),
        ("approved", "Approved", [DealState.Approved]),
        ("converted", "In the opportunity", [DealState.Converted]),
        ("won", "Won", [DealState.Won]),
        ("over", "Lost or ended", DealList.EndedStates),
    ];

    public static string ColumnOf(DealState state) => Array.Find(Columns, c => c.States.Contains(state)).Key;

    public static Task<IReadOnlyList<BoardColumn>> FindAsync(Work work, DealFilter filter, BoardGrouping by, CancellationToken ct) =>
        by == BoardGrouping.Stage ? StageBoard.FindAsync(work, filter, ct) : FindAsync(work, filter, ct);

    public static async Task<IReadOnlyList<BoardColumn>> FindAsync(Work work, DealFilter filter, CancellationToken ct)
    {
        var sums = await SumsAsync(work, filter, [.. Columns.SelectMany(c => c.States)], ct);
        List<(BoardColumn Column, List<DealLine> Lines)> found = [];
        foreach (var (key, title, states) in Columns)
        {
            if (key == Drafts && !work.Actor.IsPartner) continue;
            found.Add(await ColumnAsync(work, filter, sums, key, title, states, ct));
        }

        return await DealtAsync(work, found, ct);
    }

    /// <summary>A column of these states, without its cards.</summary>
    public static async Task<(BoardColumn Column, List<DealLine> Lines)> ColumnAsync(Work work, DealFilter filter, IReadOnlyList<StateSum> sums, string key, string title, DealState[] states, CancellationToken ct)
    {
        List<DealLine> lines = [];
        // A column is one or several states, each read by its own index.
        foreach (var state in states.Where(s => sums.Any(x => x.State == s)))
            lines.AddRange((await DealList.UnnamedAsync(work, filter with { View = DealView.All, State = state, Sort = null }, new Paging(null, Shown), ct)).Items);
        var mine = sums.Where(s => states.Contains(s.State)).ToList();
        var whole = mine.All(s => s.Count <= Capped.Cap);
        return (new BoardColumn(key, title, whole ? mine.Sum(s => s.Count) : Capped.Cap + 1, whole, Limited(work) || !whole ? null : new Money(mine.Sum(s => s.Amount), work.Actor.Currency), []),
            [.. lines.OrderByDescending(l => l.CreatedAt).Take(Shown)]);
    }

    /// <summary>Of each state no more than are counted, from an index that holds what is summed: of a hundred thousand deals nobody waits for all.</summary>
    public static async Task<IReadOnlyList<StateSum>> SumsAsync(Work work, DealFilter filter, DealState[] states, CancellationToken ct) =>
        await states.Select(state => DealList.Filtered(work, filter with { View = DealView.All, State = state }).Select(d => new { d.State, d.MainAmount }).Take(Capped.Cap + 1))
            .Aggregate((all, next) => all.Concat(next)).GroupBy(d => d.State).Select(g => new StateSum(g.Key, g.Count(), g.Sum(d => d.MainAmount))).ToListAsync(ct);

    /// <summary>The columns with their cards: names, the linked opportunity, the next step, and the moves that this reader may make.</summary>
    public static async Task<IReadOnlyList<BoardColumn>> DealtAsync(Work work, List<(BoardColumn Column, List<DealLine> Lines)> columns, CancellationToken ct)
    {
        List<DealLine> all = [.. columns.SelectMany(c => c.Lines)];
        await DealList.NameAsync(work, all, ct);
        var moves = await BoardMoves.OfAsync(work, all, ct);
        var open = all.Where(l => l.AmountShown && !DealLifecycle.IsOver(l.State)).Select(l => l.Id).ToArray();
        var stages = await StagesAsync(work, [.. all.Where(l => l.AmountShown && l.State != DealState.Draft && !DealLifecycle.IsOver(l.State)).Select(l => l.Id)], ct);
        var late = await LateAsync(work, open, ct);
        return [.. columns.Select(c => c.Column with
        {
            Cards = [.. c.Lines.Select(l => new BoardCard(l, moves.GetValueOrDefault(l.Id, [])) { Opportunity = stages.GetValueOrDefault(l.Id), Late = late.TryGetValue(l.Id, out var due) ? due : null })],
        })];
    }

    /// <summary>Whether some amounts may be out of this reader's sight.</summary>
    public static bool Limited(Work work) => work.Actor.IsPartner ? !work.Db.ReadsAmounts() : !work.Actor.May(DealsPermissions.SeeAll);

    private static async Task<Dictionary<DealId, LinkedStage>> StagesAsync(Work work, DealId[] deals, CancellationToken ct) => deals.Length == 0 ? [] : await (
        from d in work.Db.Set<Deal>()
        join o in work.Db.Set<OpportunityRow>() on new { d.TenantId, Id = d.OpportunityId } equals new { o.TenantId, Id = (OpportunityId?)o.Id }
        where deals.Contains(d.Id)
        select new { d.Id, o.Stage, o.ExpectedOn }).ToDictionaryAsync(s => s.Id, s => new LinkedStage(s.Stage, s.ExpectedOn), ct);

    private static async Task<Dictionary<DealId, DateOnly>> LateAsync(Work work, DealId[] deals, CancellationToken ct)
    {
        var today = work.Today;
        // What the registration says meanwhile has taken the place of a step with other words.
        return deals.Length == 0 ? [] : await (
            from s in work.Db.Set<NextStep>()
            where deals.Contains(s.DealId) && s.EndedAt == null && s.DueOn < today
            join d in work.Db.Set<Deal>() on new { s.TenantId, Id = s.DealId } equals new { d.TenantId, d.Id }
            where d.NextStep == s.What
            group s by s.DealId into g
            select new { g.Key, Due = g.Max(s => s.DueOn) }).ToDictionaryAsync(s => s.Key, s => s.Due, ct);
    }
}

/// <summary>How many deals of a state there are, up to one more than are counted, and what they are worth.</summary>
internal sealed record StateSum(DealState State, int Count, long Amount);
