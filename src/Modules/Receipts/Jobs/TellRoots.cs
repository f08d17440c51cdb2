using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Receipts.Jobs;

/// <summary>Mails the roots of the last day to those who want them, apart from sealing: no mail may hold up the chain.</summary>
internal sealed class TellRoots(Db db, Work work, Notify notify, TellRoot tell) : IRecurring
{
    // After a long pause several days are published at once.
    private const int MostDays = 31;
    private const int Batch = 200;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var since = work.Now.AddDays(-1);
        var days = await db.Set<DayRoot>().AsNoTracking().Where(r => r.PublishedAt >= since).OrderByDescending(r => r.Day).Select(r => r.Day).Take(MostDays).ToListAsync(ct);
        if (days.Count == 0) return default(Done);
        var people = await notify.WhoAskedAsync(RootNews.Kind, ct);
        var refusals = new Refusals();
        foreach (var day in days.Order())
            foreach (var some in people.Chunk(Batch)) refusals.Note(await tell.RunAsync((day, some), ct));
        return refusals.End;
    }
}
