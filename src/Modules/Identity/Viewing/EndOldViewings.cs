using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Writes the end of looks whose half hour is over.</summary>
internal sealed class EndOldViewings(Work work, EndViewing end) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (now, refusals) = (work.Now, new Refusals());
        foreach (var id in await work.Db.Set<Viewing>().AsNoTracking().Where(v => v.EndedAt == null && v.EndsAt <= now).OrderBy(v => v.Id).Select(v => v.Id).Take(500).ToListAsync(ct))
            refusals.Note(await end.RunAsync(id, ct));
        return refusals.End;
    }
}
