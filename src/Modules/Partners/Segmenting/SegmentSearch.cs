using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Segmenting;

/// <summary>Segments in the search, by name.</summary>
internal sealed class SegmentSearch(Work work) : ISearchSource
{
    // A company keeps a few dozen; more than these are not looked through.
    private const int Looked = 500;

    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (work.Actor.IsPartner || !work.Actor.May(PartnersPermissions.ViewSegments)) return [];
        var words = Searching.WordsOf(folded);
        var all = await work.Db.Set<Segment>().AsNoTracking().OrderBy(s => s.Id).Take(Looked).Select(s => new { s.Id, s.Name, s.Purpose }).ToListAsync(ct);
        return [.. all.Where(s => Text.Fold(s.Name) is var name && words.All(w => name.Contains(w, StringComparison.Ordinal))).Best(folded, limit, s => s.Name)
            .Select(s => new Hit("Segment", s.Name, s.Purpose ?? "", $"/app/partners/segments/{s.Id}"))];
    }
}
