using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Hygiene;

/// <summary>How many partners lack something.</summary>
internal sealed record GapCount(GapWords Words, int Count);

/// <summary>The state of all records.</summary>
/// <param name="Partners">How many partners there are, without former ones.</param>
/// <param name="Completeness">The mean of their completeness, 0 to 100.</param>
/// <param name="Gaps">What is missing how often.</param>
/// <param name="Twins">Pairs that may be one company.</param>
/// <param name="CountedAt">When that was so; null where it was counted just now.</param>
internal sealed record Quality(int Partners, int Completeness, IReadOnlyList<GapCount> Gaps, IReadOnlyList<TwinPair> Twins, DateTime? CountedAt = null)
{
    private const int MostTwins = 100;

    /// <summary>As last counted. A company whose records nobody has counted yet is new, and small: it is counted now.</summary>
    public static async Task<Quality> LoadAsync(Work work, CancellationToken ct)
    {
        if (await work.Db.Set<QualityRun>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } run) return await CountAsync(work, ct);
        var found = run.Read();
        var ids = found.Twins.SelectMany(t => new[] { t.One, t.Other }).Distinct().ToArray();
        var names = ids.Length == 0 ? [] : await work.Db.Set<Partner>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.MergedInto == null).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        // A pair that was merged meanwhile is no pair any more.
        var twins = found.Twins.Where(t => names.ContainsKey(t.One) && names.ContainsKey(t.Other)).Select(t => new TwinPair(t.One, names[t.One], t.Other, names[t.Other], t.Score, t.Reasons));
        return new(found.Partners, found.Completeness, [.. Lacks.All.Select(w => new GapCount(w, found.Gaps.GetValueOrDefault(w.Gap)))], [.. twins], run.At);
    }

    /// <summary>Reads every partner and compares those that may be one company.</summary>
    public static async Task<Quality> CountAsync(Work work, CancellationToken ct)
    {
        var rows = work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && p.State != PartnerState.Former);
        var partners = await rows.CountAsync(ct);
        var counts = new List<GapCount>();
        foreach (var words in Lacks.All) counts.Add(new(words, await rows.CountAsync(Lacks.Of(work.Db, words.Gap, work.Now), ct)));
        var lost = counts.Sum(c => (double)c.Count * c.Words.Weight);
        return new(partners, partners == 0 ? 0 : (int)Math.Round(100 - (lost / partners)), counts, await Duplicates.PairsAsync(work, MostTwins, ct));
    }
}
