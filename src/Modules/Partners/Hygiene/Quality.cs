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
/// <param name="Twins">Pairs that may be one company, as last compared.</param>
/// <param name="TwinCount">How many such pairs there are.</param>
internal sealed record Quality(int Partners, int Completeness, IReadOnlyList<GapCount> Gaps, Page<TwinPair> Twins, int TwinCount)
{
    public static async Task<Quality> LoadAsync(Work work, string? cursor, CancellationToken ct)
    {
        var rows = work.Db.Set<Partner>().AsNoTracking().Where(p => p.MergedInto == null && p.State != PartnerState.Former);
        var partners = await rows.CountAsync(ct);
        var counts = new List<GapCount>();
        foreach (var words in Lacks.All) counts.Add(new(words, await rows.CountAsync(Lacks.Of(work.Db, words.Gap, work.Now), ct)));
        var lost = counts.Sum(c => (double)c.Count * c.Words.Weight);
        return new(partners, partners == 0 ? 0 : (int)Math.Round(100 - (lost / partners)), counts, await Hygiene.Twins.PageAsync(work, new Paging(cursor), ct), await Hygiene.Twins.CountAsync(work, ct));
    }
}
