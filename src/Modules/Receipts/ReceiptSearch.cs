using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>Receipts in the search of both faces: by their number in the chain, or by what they are about.</summary>
internal sealed class ReceiptSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(ReceiptsPermissions.View)) return [];
        var rows = work.Db.Set<Receipt>().AsNoTracking();
        if (work.Actor.Partner is { } me) rows = rows.Where(r => r.PartnerId == me);
        if (!work.Db.ReadsAmounts()) rows = rows.Where(r => r.Kind != ReceiptKind.Payment);
        // What is typed may be a number alone, or "receipt 12".
        if (NumberIn(folded) is { } number)
        {
            var at = await work.Db.Set<Link>().Where(l => l.Sequence == number).Select(l => (ReceiptId?)l.ReceiptId).FirstOrDefaultAsync(ct);
            var one = at is null ? null : await rows.Where(r => r.Id == at).Select(r => new { r.Id, r.Title, r.Kind }).FirstOrDefaultAsync(ct);
            if (one is not null) return [Of(one.Id, one.Title, one.Kind)];
        }

        var found = await rows.Matching(work.Db, folded).Take(ISearchSource.Candidates).Select(r => new { r.Id, r.Title, r.Kind }).ToListAsync(ct);
        return [.. found.Best(folded, limit, r => r.Title).Select(r => Of(r.Id, r.Title, r.Kind))];
    }

    private static long? NumberIn(string folded)
    {
        var words = folded.Split(' ');
        var named = words.Length == 2 && (words[0] == Text.Fold("Receipt") || words[0] == Text.Fold(Speech.T("Receipt")));
        return (named || words.Length == 1) && long.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private Hit Of(ReceiptId id, string title, ReceiptKind kind) => new("Receipt", title, Words.Label(kind), $"/{(work.Actor.IsPartner ? "portal" : "app")}/receipts/{id}");
}
