using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Values the deals of other currencies anew when rates have changed, a hundred in a transaction, and tells whoever counts them.</summary>
internal sealed class RevalueDeals(Work work) : IRevalue
{
    private const int Part = 100;

    public async Task<int> RevalueAsync(string main, CancellationToken ct)
    {
        var changed = 0;
        var all = await work.Db.Set<Deal>().Where(d => d.Currency != main).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(ct);
        foreach (var ids in all.Chunk(Part))
        {
            var done = await work.TransactAsync<int>("deals.revalue", async () =>
            {
                // Two changes of rates may be at it at the same time: each values by what stands when its turn comes.
                await work.LockAsync("deals.revalue", ct);
                var book = await work.RatesAsync(ct);
                var differ = (await work.Db.Set<Deal>().Where(d => ids.Contains(d.Id)).ToListAsync(ct)).Where(d => d.ValueBy(book, main)).ToList();
                foreach (var deal in differ) work.Publish(new DealRevalued(deal.Id, work.Now));
                return differ.Count;
            }, ct);
            if (done.Ok) changed += done.Value;
        }

        return changed;
    }
}
