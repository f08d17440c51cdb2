using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>
/// Values the opportunities of other currencies anew when rates have changed, many in a transaction. The worth follows from the record and the rates, both of which have
/// their own history: it makes no entry of the audit and no new version, so an import can be taken back whatever rates came later.
/// </summary>
internal sealed class RevalueOpportunities(Work work) : IRevalue
{
    /// <summary>Few enough that others who write wait less than a second.</summary>
    private const int Part = 1000;

    private const int Tries = 5;

    public async Task<int> RevalueAsync(string main, CancellationToken ct)
    {
        var changed = 0;
        var all = await InPartAsync(() => work.Db.Set<Opportunity>().Where(o => o.Currency != main && o.Amount != null && o.Amount != 0).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(ct), ct);
        foreach (var ids in all.Chunk(Part)) changed += await InPartAsync(() => ValueAsync(main, ids, ct), ct);
        return changed;
    }

    private async Task<int> ValueAsync(string main, OpportunityId[] ids, CancellationToken ct)
    {
        var book = await work.RatesAsync(ct);
        var differ = (await work.Db.Set<Opportunity>().AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(ct)).Where(o => o.ValueBy(book, main)).ToList();
        foreach (var row in differ)
        {
            var entry = work.Db.Attach(row);
            entry.Property(o => o.MainAmount).IsModified = entry.Property(o => o.NoRate).IsModified = true;
        }

        await work.Db.SaveChangesAsync(ct);
        return differ.Count;
    }

    private async Task<T> InPartAsync<T>(Func<Task<T>> body, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var part = await work.TransactAsync<T>("accounts.revalue", async () =>
            {
                // An import writes thousands of rows by the rates that stood when their batch began: once its turn is over they are seen here.
                await work.LockAsync("accounts.import", ct);
                return await body();
            }, ct);
            if (part.Ok) return part.Value;
            // Somebody has changed one of them meanwhile; the others are to be valued all the same.
            if (attempt == Tries) throw new InvalidOperationException(part.Problem.Message);
        }
    }
}
