using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Jobs;

/// <summary>Ends the protections of a tenant whose last day is over, one transaction each.</summary>
internal sealed class ExpireDeals(Db db, Work work, Expire expire) : IRecurring
{
    private const int Batch = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (today, refusals) = (work.Today, new Refusals());
        while (true)
        {
            var due = await db.Set<Deal>().AsNoTracking().Where(d => d.State == DealState.Approved && d.ExpiresOn < today)
                .OrderBy(d => d.ExpiresOn).Select(d => d.Id).Take(Batch).ToListAsync(ct);
            var ended = 0;
            foreach (var id in due) ended += refusals.Note(await expire.RunAsync(id, ct)) is { Ok: true, Value: true } ? 1 : 0;
            if (due.Count < Batch || ended == 0) return refusals.End;
        }
    }
}
