using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Everything that search finds for one actor: pages first, then records of every module. It is asked and answered in the reader's language, and understands English in each.</summary>
internal sealed class Search(Work work, Manifest manifest, IEnumerable<ISearchSource> sources)
{
    private const int PerKind = 8;

    public async Task<IReadOnlyList<Hit>> FindAsync(string? query, CancellationToken ct)
    {
        var folded = Text.Fold(query);
        if (folded.Length < 2 || folded.Length > 100 || !Text.IsClean(folded)) return [];
        List<Hit> hits = [.. Actions.Where(o => Holds(o.Label, o.Words, folded)).Select(Of), .. Pages.Where(n => Holds(n.Label, n.Words, folded)).Select(Of)];
        foreach (var source in sources)
            hits.AddRange((await source.FindAsync(folded, PerKind, ct)).Select(h => h with { Kind = Speech.T(h.Kind), Detail = Speech.Retell(h.Detail) }));
        return hits;
    }

    /// <summary>What the palette shows before anything was typed: what one may do, and the pages one may open.</summary>
    public IReadOnlyList<Hit> Begin() => [.. Actions.Take(PerKind).Select(Of), .. Pages.OrderBy(n => n.Order).Select(Of)];

    private string Face => work.Actor.IsPartner ? "portal" : "app";

    private IEnumerable<Offer> Actions => manifest.Actions.Where(o => o.Face == Face && (o.Permission is null || work.Actor.May(o.Permission)));

    private IEnumerable<NavItem> Pages => manifest.Navigation.Where(n => n.Face == Face && (n.Permission is null || work.Actor.May(n.Permission)));

    private static Hit Of(Offer offer) => new(Speech.T("Action"), Speech.T(offer.Label), Speech.T("Do it"), offer.Href);

    private static Hit Of(NavItem page) => new(Speech.T("Page"), Speech.T(page.Label), Speech.T(page.Section), page.Href);

    private static bool Holds(string label, string words, string folded)
    {
        var text = Text.Fold(Speech.T(label), label, Speech.T(words), words);
        return folded.Split(' ').All(w => text.Contains(w, StringComparison.Ordinal));
    }
}
