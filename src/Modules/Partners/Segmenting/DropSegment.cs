using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Segmenting;

/// <summary>Drops a segment; nothing happens to its partners.</summary>
internal sealed class DropSegment(Work work, IEnumerable<ISegmentUses> uses) : UseCase<SegmentId, SegmentId>(work)
{
    protected override Permission Permission => PartnersPermissions.Segment;

    protected override async Task<Result<SegmentId>> HandleAsync(SegmentId input, CancellationToken ct)
    {
        if (await Db.Set<Segment>().SingleOrDefaultAsync(s => s.Id == input, ct) is not { } segment) return Problem.Missing("segment");
        await Work.LockAsync(SegmentList.Lock, ct);
        if (await uses.HeldAsync(input, ct) is { } held) return held;
        Db.Remove(segment);
        return input;
    }
}
