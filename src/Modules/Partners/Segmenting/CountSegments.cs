using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>Counts the partners of each segment. It reads for long and writes for a moment.</summary>
internal sealed class CountSegments(Work work) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, counts) = (work.Now, new Dictionary<SegmentId, int>());
        foreach (var segment in await work.Db.Set<Segment>().AsNoTracking().OrderBy(s => s.Name).Take(SaveSegment.Most).ToListAsync(ct))
            counts[segment.Id] = await SegmentList.CountAsync(work, segment.Read(), ct);
        return await work.TransactAsync<Done>("partners.count_segments", async () =>
        {
            await work.LockAsync("partners.segments", ct);
            var kept = await work.Db.Set<SegmentCount>().ToDictionaryAsync(c => c.SegmentId, ct);
            work.Db.RemoveRange(kept.Values.Where(c => !counts.ContainsKey(c.SegmentId)));
            foreach (var (id, count) in counts)
            {
                if (!kept.TryGetValue(id, out var row)) work.Db.Add(row = new SegmentCount { TenantId = work.Tenant, SegmentId = id });
                (row.Partners, row.At) = (count, now);
            }

            return default(Done);
        }, ct);
    }
}
