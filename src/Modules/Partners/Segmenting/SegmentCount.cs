using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>How many partners a segment had when they were last counted: of very many partners, a list of segments cannot count each while somebody waits.</summary>
internal sealed class SegmentCount : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public SegmentId SegmentId { get; init; }
    public int Partners { get; set; }
    public DateTime At { get; set; }
}

internal static class SegmentCounts
{
    /// <summary>Up to so many partners every segment is counted anew each time it is shown.</summary>
    public const int Few = 2000;

    /// <summary>What was kept, where the partners are too many to be counted now; a segment that was changed since is not among it.</summary>
    public static async Task<Dictionary<SegmentId, SegmentCount>> KeptAsync(Work work, IReadOnlyList<Segment> segments, CancellationToken ct)
    {
        if (segments.Count == 0 || await work.Db.Set<Partner>().AsNoTracking().Take(Few + 1).CountAsync(ct) <= Few) return [];
        var changed = segments.ToDictionary(s => s.Id, s => s.At);
        return (await work.Db.Set<SegmentCount>().AsNoTracking().ToListAsync(ct)).Where(c => changed.TryGetValue(c.SegmentId, out var at) && c.At >= at).ToDictionary(c => c.SegmentId);
    }
}
