using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Hygiene;

/// <summary>How many partners lack something.</summary>
internal sealed record GapCount(GapWords Words, int Count);

/// <summary>The state of all records.</summary>
/// <param name="Partners">How many partners there are, without former ones.</param>
/// <param name="Completeness">The mean of their completeness, 0 to 100.</param>
/// <param name="Gaps">What is missing how often.</param>
/// <param name="Twins">Pairs that may be one company, as last compared.</param>
/// <param name="TwinCount">How many such pairs there are.</param>
/// <param name="CountedAt">When the gaps were counted; null where that was just now.</param>
internal sealed record Quality(int Partners, int Completeness, IReadOnlyList<GapCount> Gaps, Page<TwinPair> Twins, int TwinCount, DateTime? CountedAt = null)
{
    /// <summary>As last counted. A company whose records nobody has counted yet is new, and small: it is counted now.</summary>
    public static async Task<Quality> LoadAsync(Work work, string? cursor, CancellationToken ct)
    {
        var run = await work.Db.Set<QualityRun>().AsNoTracking().SingleOrDefaultAsync(ct);
        var counted = run?.Read() ?? await QualityRun.CountAsync(work, ct);
        return new(counted.Partners, counted.Completeness, [.. Lacks.All.Select(w => new GapCount(w, counted.Gaps.GetValueOrDefault(w.Gap)))],
            await Hygiene.Twins.PageAsync(work, new Paging(cursor), ct), await Hygiene.Twins.CountAsync(work, ct), run?.At);
    }
}
