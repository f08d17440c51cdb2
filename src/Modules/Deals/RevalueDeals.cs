using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Values the deals of other currencies anew when rates have changed, a hundred in a transaction, and tells whoever counts them.</summary>
internal sealed class RevalueDeals(Work work) : IRevalue
{
    private const int Part = 100;

    public async Task<int> RevalueAsync(RateBook book, string main, CancellationToken ct)
    {
        var changed = 0;
        var all = await work.Db.Set<Deal>().Where(d => d.Currency != main).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(ct);
        foreach (var ids in all.Chunk(Part))
        {
            var done = await work.TransactAsync<int>("deals.revalue", async () =>
            {
                var differ = (await work.Db.Set<Deal>().Where(d => ids.Contains(d.Id)).ToListAsync(ct)).Where(d => d.ValueBy(book, main)).ToList();
                foreach (var deal in differ) work.Publish(new DealRevalued(deal.Id, work.Now));
                return differ.Count;
            }, ct);
            if (done.Ok) changed += done.Value;
        }

        return changed;
    }
}
