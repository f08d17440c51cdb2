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
        var (changed, tries) = (0, 0);
        OpportunityId? behind = null;
        while (true)
        {
            var part = await work.TransactAsync<(int Read, int Changed, OpportunityId? Last)>("accounts.revalue", () => PartAsync(main, behind, ct), ct);
            if (!part.Ok)
            {
                // Somebody has changed one of them meanwhile; the others are to be valued all the same.
                if (++tries == Tries) throw new InvalidOperationException(part.Problem.Message);
                continue;
            }

            (changed, behind, tries) = (changed + part.Value.Changed, part.Value.Last, 0);
            if (part.Value.Read < Part) return changed;
        }
    }

    private async Task<Result<(int Read, int Changed, OpportunityId? Last)>> PartAsync(string main, OpportunityId? behind, CancellationToken ct)
    {
        // An import writes thousands of rows by the rates that stood when its batch began: they are seen here when they are committed.
        await work.LockAsync("accounts.import", ct);
        var book = await work.RatesAsync(ct);
        var others = work.Db.Set<Opportunity>().AsNoTracking().Where(o => o.Currency != main && o.Amount != null && o.Amount != 0);
        if (behind is { } last) others = others.Where(o => Ids.After(o.Id, last));
        var rows = await others.OrderBy(o => o.Id).Take(Part).ToListAsync(ct);
        var differ = rows.Where(o => o.ValueBy(book, main)).ToList();
        foreach (var row in differ)
        {
            var entry = work.Db.Attach(row);
            entry.Property(o => o.MainAmount).IsModified = entry.Property(o => o.NoRate).IsModified = true;
        }

        await work.Db.SaveChangesAsync(ct);
        return (rows.Count, differ.Count, rows.Count == 0 ? behind : rows[^1].Id);
    }
}
