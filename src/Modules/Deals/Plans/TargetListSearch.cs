using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Target lists in the search box of both faces, by name.</summary>
internal sealed class TargetListSearch(Work work) : ISearchSource
{
    // A company has few lists for each of its partners; the newest are enough to look through.
    private const int Looked = 500;

    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(TargetPermissions.View) || folded.Length == 0) return [];
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var newest = await work.Db.Set<TargetList>().AsNoTracking().OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Take(Looked).Select(l => new { l.Id, l.Name, l.ArchivedAt }).ToListAsync(ct);
        var root = work.Actor.IsPartner ? "/portal/target-lists/" : "/app/target-lists/";
        return [.. newest.Where(l => Text.Fold(l.Name) is var name && Array.TrueForAll(words, w => name.Contains(w, StringComparison.Ordinal))).Take(limit).Select(l => new Hit("Target list", l.Name, l.ArchivedAt is null ? "Target list" : "Ended", root + l.Id))];
    }
}
