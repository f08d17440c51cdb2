using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>Makes all lines payable whose hold has ended: some in one transaction, and where one of them is refused each alone, so that it keeps no other waiting.</summary>
internal sealed class ReleaseDue(Work work, ReleaseLines release)
{
    private const int Chunk = 200;

    public async Task<Result<Done>> RunAsync(DateOnly today, CancellationToken ct)
    {
        var (refusals, refused) = (new Refusals(), 0);
        while (await DueAsync(today, refused, ct) is { Length: > 0 } due)
        {
            if ((await release.RunAsync((today, due), ct)).Ok) continue;
            foreach (var line in due)
                if (!refusals.Note(await release.RunAsync((today, [line]), ct)).Ok) refused++;
        }

        return refusals.End;
    }

    // What was refused stays in front.
    private Task<EarningId[]> DueAsync(DateOnly today, int refused, CancellationToken ct) =>
        ReleaseLines.Due(work.Db, today).OrderBy(e => e.HoldUntil).ThenBy(e => e.Id).Select(e => e.Id).Skip(refused).Take(Chunk).ToArrayAsync(ct);
}
