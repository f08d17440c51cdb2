using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Conflicts in the search box of both faces.</summary>
internal sealed class ConflictSearch(Work work) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        if (!work.Actor.May(ConflictsPermissions.View) || folded.Length == 0) return [];
        var root = work.Actor.IsPartner ? "/portal/conflicts/" : "/app/conflicts/";
        var page = await ConflictList.FindAsync(work, new ConflictQuery(Q: folded, Size: limit), ct);
        return [.. page.Items.Select(c => new Hit("Conflict", c.CustomerName, $"{(work.Actor.IsPartner ? ConflictWords.KindForPartner(c.Kind) : ConflictWords.Kind(c.Kind))}, {Words.Label(c.State).ToLowerInvariant()}", root + c.Id))];
    }
}
