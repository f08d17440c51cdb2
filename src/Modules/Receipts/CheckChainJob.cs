using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>Reads every link and every receipt of a tenant and checks what can be checked. Fails with the first faults in words.</summary>
internal sealed class CheckChainJob(Db db, Work work) : IJob
{
    private const int Batch = 1000;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var keys = await db.Set<KeyRow>().AsNoTracking().ToDictionaryAsync(k => k.Id, k => k.PublicKey, ct);
        var checker = new ChainChecker(work.Tenant.ToString(), keys, await db.Set<DayRoot>().AsNoTracking().ToListAsync(ct));
        var total = await db.Set<Link>().LongCountAsync(ct);
        var after = 0L;
        while (true)
        {
            var links = await db.Set<Link>().AsNoTracking().Where(l => l.Sequence > after).OrderBy(l => l.Sequence).Take(Batch).ToListAsync(ct);
            if (links.Count == 0) break;
            var ids = links.Select(l => l.ReceiptId).ToList();
            var receipts = await db.Set<Receipt>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
            foreach (var link in links) checker.Take(link, receipts.GetValueOrDefault(link.ReceiptId));
            after = links[^1].Sequence;
            if (!await progress.TellAsync(checker.Checked, total, null)) return new Problem(ProblemKind.Busy, "receipts.check_stopped", $"Stopped after {checker.Checked:N0} receipts.");
        }

        var faults = checker.Finish(work.Today);
        return faults.Count == 0
            ? $"All {checker.Checked:N0} receipts stand as they were signed, in order and under their published roots."
            : new Problem(ProblemKind.Conflict, "receipts.chain_broken", string.Join(' ', faults.Take(5)));
    }
}
