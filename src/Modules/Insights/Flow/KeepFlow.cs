using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Flow;

/// <summary>
/// Once an hour: deals whose way is missing or older than they are, because they came past the events (an import, an update of the program), are written anew, and with them their credit.
/// </summary>
internal sealed class KeepFlow(Work work, RecreditDeal recredit) : IRecurring
{
    private const int Batch = 200;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (stale, refusals) = (await StaleAsync(work.Db, ct), new Refusals());
        foreach (var batch in stale.Chunk(Batch))
        {
            refusals.Note(await work.TransactAsync("insights.keep_flow", async () =>
            {
                await recredit.RunAsync(batch, ct);
                return (Result<Done>)default(Done);
            }, ct));
        }

        return refusals.End;
    }

    public static async Task<IReadOnlyList<DealId>> StaleAsync(Db db, CancellationToken ct)
    {
        var differ = from d in db.Set<DealRow>()
                     join r in db.Set<FlowRow>() on new { d.TenantId, d.Id } equals new { r.TenantId, Id = r.DealId } into kept
                     from r in kept.DefaultIfEmpty()
                     where d.SubmittedAt == null || d.State == DealState.Draft ? r != null : r == null || r.DealVersion != d.Version
                     select d.Id;
        return await differ.ToListAsync(ct);
    }
}
