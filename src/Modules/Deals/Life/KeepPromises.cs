using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>Looks every quarter of an hour at what waits for a decision.</summary>
internal sealed class KeepPromises(Db db, Work work, KeepPromise keep, RemindOfRequest remind) : IRecurring
{
    private const int Most = 5_000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var refusals = new Refusals();
        var waiting = await db.Set<Deal>().AsNoTracking().Where(d => d.State == DealState.InReview && d.DecideBy != null)
            .OrderBy(d => d.DecideBy).Take(Most).Select(d => new { d.Id, d.StateSince, d.DecideBy, d.Reviewer }).ToListAsync(ct);
        var ids = waiting.Select(d => d.Id).ToArray();
        var said = (await db.Set<DealNotice>().AsNoTracking().Where(n => ids.Contains(n.DealId) && n.Kind != NoticeKind.Expiry)
            .Select(n => new { n.DealId, n.Kind, n.Key }).ToListAsync(ct)).Select(n => (n.DealId, n.Kind, n.Key)).ToHashSet();
        foreach (var deal in waiting)
        {
            var by = deal.DecideBy!.Value;
            var late = work.Now > by && ReviewRoles.Above(deal.Reviewer ?? "") is not null;
            var half = work.Now <= by && work.Now >= Promise.HalfTime(work.Settings.Calendar, deal.StateSince, by) && !said.Contains((deal.Id, NoticeKind.HalfTime, DealNotice.ClockKey(by, deal.Reviewer ?? "")));
            if (late || half) refusals.Note(await keep.RunAsync(deal.Id, ct));
        }

        foreach (var id in await db.Set<DealRequest>().Where(r => r.State == RequestState.Pending).OrderBy(r => r.DecideBy).Take(Most).Select(r => r.Id).ToListAsync(ct)) refusals.Note(await remind.RunAsync(id, ct));
        return refusals.End;
    }
}
