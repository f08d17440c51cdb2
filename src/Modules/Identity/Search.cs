using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Everything that search finds for one actor: pages first, then records of every module.</summary>
internal sealed class Search(Work work, Manifest manifest, IEnumerable<ISearchSource> sources)
{
    private const int PerKind = 8;

    public async Task<IReadOnlyList<Hit>> FindAsync(string? query, CancellationToken ct)
    {
        var folded = Text.Fold(query);
        if (folded.Length < 2 || folded.Length > 100 || !Text.IsClean(folded)) return [];
        var face = work.Actor.IsPartner ? "portal" : "app";
        var hits = manifest.Navigation
            .Where(n => n.Face == face && (n.Permission is null || work.Actor.May(n.Permission)) && Text.Fold(n.Label).Contains(folded, StringComparison.Ordinal))
            .Select(n => new Hit("Page", n.Label, n.Section, n.Href)).ToList();
        foreach (var source in sources) hits.AddRange(await source.FindAsync(folded, PerKind, ct));
        return hits;
    }
}
