using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>What is asked of the list of conflicts.</summary>
/// <param name="State">A state, or <c>open</c> for all that wait.</param>
/// <param name="Kind">A kind.</param>
/// <param name="Clock"><c>late</c> for what is past its promise, <c>escalated</c> for what has gone up.</param>
/// <param name="Q">Words of the customer.</param>
/// <param name="Sort">Column, with a minus for falling.</param>
internal sealed record ConflictQuery(string? State = null, string? Kind = null, string? Clock = null, string? Q = null, string? Sort = null, string? Cursor = null, int? Size = null);

/// <summary>A conflict in a list. What names the other side is empty for a partner.</summary>
internal sealed record ConflictLine
{
    public required ConflictId Id { get; init; }
    public required ConflictKind Kind { get; init; }
    public required ConflictState State { get; init; }
    public required DateTime StateSince { get; init; }
    public required string CustomerName { get; set; }
    public required DealId Deal { get; set; }
    public required DateTime OpenedAt { get; init; }
    public DateTime? DueAt { get; init; }
    public required int Level { get; init; }
    public ConflictOutcome? Outcome { get; init; }
    public string? Mediator { get; init; }
    public string? PartnerName { get; set; }
    public string? OtherName { get; set; }
    public string? ProductName { get; set; }
    internal PartnerId Partner { get; init; }
    internal PartnerId? Other { get; init; }
    internal DealId? OtherDeal { get; init; }
    internal ProductId? Product { get; init; }
}

/// <summary>Conflicts page by page, for both faces and the API.</summary>
internal static class ConflictList
{
    public static async Task<Page<ConflictLine>> FindAsync(Work work, ConflictQuery query, CancellationToken ct)
    {
        var lines = Filtered(work, query).Select(c => new ConflictLine
        {
            Id = c.Id, Kind = c.Kind, State = c.State, StateSince = c.StateSince, CustomerName = c.CustomerName, Deal = c.DealId, OpenedAt = c.OpenedAt, DueAt = c.DueAt, Level = c.Level,
            Outcome = c.Outcome, Mediator = c.MediatorName, Partner = c.PartnerId, Other = c.OtherPartnerId, OtherDeal = c.OtherDealId, Product = c.ProductId,
        });
        var (paging, down) = (new Paging(query.Cursor, query.Size ?? 50), query.Sort?.StartsWith('-') ?? true);
        var page = await (query.Sort?.TrimStart('-') switch
        {
            "customer" => lines.PageAsync(l => l.CustomerName, l => l.Id, down, paging, ct),
            "due" => lines.PageAsync(l => l.DueAt ?? DateTime.MaxValue, l => l.Id, down, paging, ct),
            "level" => lines.PageAsync(l => l.Level, l => l.Id, down, paging, ct),
            _ => lines.PageAsync(l => l.OpenedAt, l => l.Id, down, paging, ct),
        });
        await NameAsync(work, page.Items, ct);
        return work.Actor.Partner is null ? page : page.Select(l => l with { Mediator = null, Level = l.State == ConflictState.Settled ? 0 : l.Level });
    }

    public static Task<int> CountAsync(Work work, ConflictQuery query, CancellationToken ct) => Filtered(work, query).CountCappedAsync(ct);

    public static IQueryable<Conflict> Filtered(Work work, ConflictQuery query)
    {
        var now = work.Now;
        var rows = work.Db.Set<Conflict>().AsNoTracking();
        if (query.State == "open") rows = rows.Where(c => ConflictLifecycle.Open.Contains(c.State));
        else if (Words.Parse<ConflictState>(query.State) is { } state) rows = rows.Where(c => c.State == state);
        if (Words.Parse<ConflictKind>(query.Kind) is { } kind) rows = rows.Where(c => c.Kind == kind);
        var clock = Understood.OneOf(query.Clock, "late", "escalated");
        if (clock == "late") rows = rows.Where(c => c.DueAt < now);
        if (clock == "escalated") rows = rows.Where(c => c.Level > 0 && c.State != ConflictState.Settled);
        // A partner searches in the names that it has written itself, not in those of the other side.
        if (work.Actor.Partner is { } mine && Text.OrNull(query.Q) is { } typed && Text.IsClean(typed))
        {
            var folded = Text.Fold(typed);
            return rows.Where(c => work.Db.Set<Deal>().Any(d => d.TenantId == c.TenantId && (d.Id == c.DealId || d.Id == c.OtherDealId) && d.PartnerId == mine && d.SearchText.Contains(folded)));
        }

        foreach (var word in Text.Fold(query.Q is { } s && Text.IsClean(s) ? s : null).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) rows = rows.Where(c => c.SearchText.Contains(word));
        return rows;
    }

    private static async Task NameAsync(Work work, IReadOnlyList<ConflictLine> lines, CancellationToken ct)
    {
        var products = lines.Where(l => l.Product is not null).Select(l => l.Product!.Value).Distinct().ToArray();
        var names = products.Length == 0 ? [] : await work.Db.Set<ProductRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => products.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        foreach (var line in lines) line.ProductName = line.Product is { } id ? names.GetValueOrDefault(id) : null;
        if (work.Actor.Partner is { } mine)
        {
            // The customer as the partner itself has written it.
            var other = lines.Where(l => l.Partner != mine && l.OtherDeal is not null).Select(l => l.OtherDeal!.Value).ToArray();
            var written = other.Length == 0 ? [] : await work.Db.Set<Deal>().AsNoTracking().Where(d => other.Contains(d.Id)).Select(d => new { d.Id, d.CustomerName }).ToDictionaryAsync(d => d.Id, d => d.CustomerName, ct);
            foreach (var line in lines.Where(l => l.Partner != mine && l.OtherDeal is not null))
                (line.CustomerName, line.Deal) = (written.GetValueOrDefault(line.OtherDeal!.Value, "Your customer"), line.OtherDeal.Value);
            return;
        }

        var partners = await DealList.PartnerNamesAsync(work, [.. lines.SelectMany(l => l.Other is { } o ? new[] { l.Partner, o } : [l.Partner])], ct);
        foreach (var line in lines)
        {
            line.PartnerName = partners.GetValueOrDefault(line.Partner);
            line.OtherName = line.Other is { } o ? partners.GetValueOrDefault(o) : line.Kind == ConflictKind.PartnerDirect ? "Direct team" : null;
        }
    }
}
