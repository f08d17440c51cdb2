using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>A receipt that waits for its place.</summary>
internal sealed record Unsealed(ReceiptId Id, string Content);

/// <summary>Pure: the links that follow on a chain.</summary>
internal static class Sealing
{
    public static IReadOnlyList<Link> Links(TenantId tenant, Link? last, IEnumerable<Unsealed> receipts, DateTime at)
    {
        // The clock of another node may be behind: time in the chain never goes back.
        var sealedAt = last is not null && last.SealedAt > at ? last.SealedAt : at;
        List<Link> links = [];
        foreach (var receipt in receipts)
        {
            var (sequence, previous, content) = ((last?.Sequence ?? 0) + 1, last?.Hash ?? Hashes.None, Hashes.Of(receipt.Content));
            last = new Link
            {
                TenantId = tenant,
                Sequence = sequence,
                ReceiptId = receipt.Id,
                Content = content,
                Previous = previous,
                Hash = Statements.LinkHash(tenant.ToString(), sequence, previous, content, Statements.Time(sealedAt)),
                Day = DateOnly.FromDateTime(sealedAt),
                SealedAt = sealedAt,
            };
            links.Add(last);
        }

        return links;
    }

    public static DayRoot Root(TenantId tenant, DateOnly day, IReadOnlyList<Link> links, DayRoot? before, SigningKey key, DateTime at)
    {
        var root = MerkleTree.Root([.. links.Select(l => l.Hash)]);
        var statement = Statements.Root(tenant.ToString(), day, links[0].Sequence, links[^1].Sequence, root, links[^1].Hash, before is null ? Hashes.None : Hashes.Of(before.Statement), key.Id);
        return new DayRoot
        {
            TenantId = tenant,
            Day = day,
            First = links[0].Sequence,
            Last = links[^1].Sequence,
            Root = root,
            Statement = statement,
            Signature = key.Sign(statement),
            KeyId = key.Id,
            PublishedAt = at,
        };
    }
}

/// <summary>
/// Gives waiting receipts their places, in the order in which they are found committed, and publishes the roots of the days that are over. One node at a
/// time works on a tenant's chain; the key of the table would refuse a second link in the same place.
/// </summary>
internal sealed class SealReceipts(Work work, SigningKeys keys) : UseCase<int, int>(work)
{
    protected override Permission Permission => ReceiptsPermissions.Seal;

    /// <summary>Seals at most <paramref name="batch"/> receipts; returns how many.</summary>
    protected override async Task<Result<int>> HandleAsync(int batch, CancellationToken ct)
    {
        await Work.LockAsync("receipts.chain", ct);
        var last = await Db.Set<Link>().AsNoTracking().OrderByDescending(l => l.Sequence).FirstOrDefaultAsync(ct);
        var today = last is not null && last.SealedAt > Work.Now ? last.Day : Work.Today;
        await PublishAsync(today, ct);
        var waiting = await (
            from w in Db.Set<WaitingReceipt>()
            join r in Db.Set<Receipt>() on new { w.TenantId, w.Id } equals new { r.TenantId, r.Id }
            orderby w.Id
            select new Unsealed(r.Id, r.Content)).Take(batch).ToListAsync(ct);
        if (waiting.Count == 0) return 0;
        await Db.Engine.InsertAsync(Db, Sealing.Links(Work.Tenant, last, waiting, Work.Now), ct);
        var ids = waiting.Select(w => w.Id).ToList();
        await Db.Set<WaitingReceipt>().Where(w => ids.Contains(w.Id)).ExecuteDeleteAsync(ct);
        return waiting.Count;
    }

    // A day is over when a later one has begun: after that no link can be given to it.
    private async Task PublishAsync(DateOnly today, CancellationToken ct)
    {
        var before = await Db.Set<DayRoot>().AsNoTracking().OrderByDescending(r => r.Day).FirstOrDefaultAsync(ct);
        var done = before?.Last ?? 0;
        while (await Db.Set<Link>().Where(l => l.Sequence == done + 1 && l.Day < today).Select(l => (DateOnly?)l.Day).SingleOrDefaultAsync(ct) is { } day)
        {
            var links = await Db.Set<Link>().AsNoTracking().Where(l => l.Day == day).OrderBy(l => l.Sequence).ToListAsync(ct);
            before = Sealing.Root(Work.Tenant, day, links, before, await keys.CurrentAsync(Work, ct), Work.Now);
            Db.Add(before);
            done = before.Last;
        }
    }
}
