using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Fits;

/// <summary>Finds partners by their declared words: three ranges of the index of words, each cut off, however many partners there are.</summary>
internal static class Fitting
{
    // Of a word that more partners share, the first by their identifiers; the sums below prefer who is found by several words.
    private const int MostOfWord = 2_000;

    /// <summary>Partners whose territories, industries or knowledge fit, those first that fit in most ways.</summary>
    public static async Task<List<PartnerId>> FindAsync(Work work, Wanted wanted, int most, CancellationToken ct)
    {
        var places = await OfAsync(work, wanted.Places, ct, TraitKind.Territory);
        var industries = await OfAsync(work, wanted.Industries, ct, TraitKind.Vertical);
        var experts = await OfAsync(work, wanted.Expertise, ct, TraitKind.Competency, TraitKind.Technology);
        return
        [
            .. places.Select(p => (Partner: p, Points: 3)).Concat(experts.Select(p => (Partner: p, Points: 2))).Concat(industries.Select(p => (Partner: p, Points: 2)))
                .GroupBy(f => f.Partner).OrderByDescending(g => g.Sum(f => f.Points)).ThenBy(g => g.Key.Value).Select(g => g.Key).Take(most),
        ];
    }

    private static async Task<IEnumerable<PartnerId>> OfAsync(Work work, IReadOnlyList<string> words, CancellationToken ct, params TraitKind[] kinds)
    {
        if (words.Count == 0) return [];
        var keys = words.ToArray();
        var found = new List<PartnerId>();
        foreach (var kind in kinds)
            found.AddRange(await work.Db.Set<PartnerTraitRow>().Where(t => t.Kind == kind && keys.Contains(t.Key)).OrderBy(t => t.Key).ThenBy(t => t.PartnerId).Select(t => t.PartnerId).Take(MostOfWord).ToListAsync(ct));
        return found.Distinct();
    }
}
