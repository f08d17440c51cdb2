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
        var hits = Actions(face).Where(o => Holds(Text.Fold(o.Label, o.Words), folded)).Select(o => new Hit("Action", o.Label, "Do it", o.Href)).ToList();
        hits.AddRange(manifest.Navigation
            .Where(n => n.Face == face && (n.Permission is null || work.Actor.May(n.Permission)) && Holds(Text.Fold(n.Label), folded))
            .Select(n => new Hit("Page", n.Label, n.Section, n.Href)));
        foreach (var source in sources) hits.AddRange(await source.FindAsync(folded, PerKind, ct));
        return hits;
    }

    /// <summary>What the palette shows before anything was typed: what one may do, and the pages one may open.</summary>
    public IReadOnlyList<Hit> Begin()
    {
        var face = work.Actor.IsPartner ? "portal" : "app";
        return
        [
            .. Actions(face).Take(PerKind).Select(o => new Hit("Action", o.Label, "Do it", o.Href)),
            .. manifest.Navigation.Where(n => n.Face == face && (n.Permission is null || work.Actor.May(n.Permission))).OrderBy(n => n.Order).Select(n => new Hit("Page", n.Label, n.Section, n.Href)),
        ];
    }

    private IEnumerable<Offer> Actions(string face) => manifest.Actions.Where(o => o.Face == face && (o.Permission is null || work.Actor.May(o.Permission)));

    private static bool Holds(string text, string folded) => folded.Split(' ').All(w => text.Contains(w, StringComparison.Ordinal));
}
