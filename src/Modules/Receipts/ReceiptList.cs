using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>What to look for among receipts.</summary>
internal sealed record ReceiptFilter(string? Search = null, ReceiptKind? Kind = null, PartnerId? Partner = null, string? Subject = null)
{
    public static ReceiptFilter Read(string? q, string? kind, string? partner, string? subject) =>
        new(Text.OrNull(q), Words.Parse<ReceiptKind>(kind), Ids.Parse<PartnerId>(partner), Text.OrNull(subject));
}

/// <summary>A receipt in a list.</summary>
internal sealed record ReceiptItem
{
    public required ReceiptId Id { get; init; }
    public required ReceiptKind Kind { get; init; }
    public required string Subject { get; init; }
    public required string Title { get; init; }
    public required PartnerId PartnerId { get; init; }
    public required string? PartnerName { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Its number in the chain; null for the few seconds before it has one.</summary>
    public required long? Sequence { get; init; }

    public required DateTime? ErasedAt { get; init; }

    /// <summary>False where an amount stands in it and the reader’s role does not show amounts.</summary>
    public bool Opens { get; init; } = true;
}

internal static class ReceiptList
{
    private const int CountAtMost = 1000;

    public static async Task<Page<ReceiptItem>> PageAsync(Work work, ReceiptFilter filter, Paging paging, CancellationToken ct)
    {
        var reads = work.Db.ReadsAmounts();
        return (await Items(work.Db, Matching(work, filter)).PageAsync(r => r.At, r => r.Id, true, paging, ct)).Select(r => ReceiptAmounts.For(reads, r));
    }

    /// <summary>How many there are, counted to a thousand.</summary>
    public static async Task<string> CountAsync(Work work, ReceiptFilter filter, CancellationToken ct)
    {
        var count = await Matching(work, filter).Take(CountAtMost + 1).CountAsync(ct);
        return count > CountAtMost ? $"{CountAtMost:N0}+" : $"{count:N0}";
    }

    /// <summary>The receipts of one record, the oldest first.</summary>
    public static async Task<List<ReceiptItem>> OfAsync(Work work, string subject, CancellationToken ct)
    {
        var reads = work.Db.ReadsAmounts();
        return [.. (await Items(work.Db, Matching(work, new ReceiptFilter(Subject: subject))).OrderBy(r => r.At).ThenBy(r => r.Id).Take(50).ToListAsync(ct)).Select(r => ReceiptAmounts.For(reads, r))];
    }

    /// <summary>All matching rows, for an export.</summary>
    public static async IAsyncEnumerable<ReceiptItem> AllAsync(Work work, ReceiptFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await PageAsync(work, filter, new Paging(cursor, 200), ct);
            foreach (var item in page.Items) yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static IQueryable<Receipt> Matching(Work work, ReceiptFilter filter)
    {
        var rows = work.Db.Set<Receipt>().AsNoTracking();
        // What a partner may see is filtered in any case; said once more so plainly, SQLite finds it by the index.
        if (work.Actor.Partner is { } me) rows = rows.Where(r => r.PartnerId == me);
        if (filter.Search is { } search)
        {
            // Its title says its amount: a search must not tell it either.
            if (!work.Db.ReadsAmounts()) rows = rows.Where(r => r.Kind != ReceiptKind.Payment);
            foreach (var word in Text.Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6)) rows = rows.Where(r => r.SearchText.Contains(word));
        }

        if (filter.Kind is { } kind) rows = rows.Where(r => r.Kind == kind);
        if (filter.Partner is { } partner) rows = rows.Where(r => r.PartnerId == partner);
        if (filter.Subject is { } subject) rows = rows.Where(r => r.Subject == subject);
        return rows;
    }

    // Looked up for each row that is shown: joined, SQLite would gather all links and all partners first.
    private static IQueryable<ReceiptItem> Items(Db db, IQueryable<Receipt> rows) =>
        from r in rows
        select new ReceiptItem
        {
            Id = r.Id,
            Kind = r.Kind,
            Subject = r.Subject,
            Title = r.Title,
            PartnerId = r.PartnerId,
            PartnerName = db.Set<PartnerRow>().Where(p => p.TenantId == r.TenantId && p.Id == r.PartnerId).Select(p => p.Name).FirstOrDefault(),
            At = r.At,
            Sequence = db.Set<Link>().Where(l => l.TenantId == r.TenantId && l.ReceiptId == r.Id).Select(l => (long?)l.Sequence).FirstOrDefault(),
            ErasedAt = r.ErasedAt,
        };
}
