using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Where the chain is broken.</summary>
/// <param name="Sequence">The place in the chain, or 0 for an entry outside it.</param>
/// <param name="Audit">The entry.</param>
/// <param name="What">What is wrong, in words.</param>
internal sealed record ChainFault(long Sequence, AuditId? Audit, string What);

/// <summary>How the audit stands.</summary>
/// <param name="Sealed">Entries in the chain.</param>
/// <param name="Erased">Of these, entries from which a person's data was erased.</param>
/// <param name="Waiting">New entries that the next sealing takes in.</param>
/// <param name="Head">The hash of the last link: written down elsewhere, it proves later that nothing was cut off.</param>
/// <param name="Faults">At most a hundred.</param>
internal sealed record ChainReport(long Sealed, long Erased, long Waiting, string? Head, IReadOnlyList<ChainFault> Faults)
{
    public bool Whole => Faults.Count == 0;
}

/// <summary>Walks the chain from its beginning and compares each link with its entry.</summary>
internal sealed class ChainCheck(Work work, Chain chain)
{
    private const int MostFaults = 100;
    private const int Rows = 5000;
    private readonly List<ChainFault> _faults = [];

    private sealed record Link(Seal Seal, AuditEntry? Entry);

    public async Task<ChainReport> RunAsync(CancellationToken ct)
    {
        var db = work.Db;
        var head = await db.Set<ChainHead>().AsNoTracking().SingleOrDefaultAsync(ct);
        if (head is null)
        {
            if (await db.Set<Seal>().AnyAsync(ct)) Fault(0, null, "The end of the chain is missing.");
            return new ChainReport(0, 0, await db.Set<AuditEntry>().LongCountAsync(ct), null, _faults);
        }

        if (chain.KeyOf(head) is not { } key) return new ChainReport(head.Sequence, 0, 0, head.Hash, [new ChainFault(0, null, "The key of the chain cannot be read, so nothing can be checked.")]);
        var (last, previous, erased) = (0L, ChainKey.Beginning, 0L);
        while (await PageAsync(last, head.Sequence, ct) is { Count: > 0 } page)
        {
            foreach (var link in page)
            {
                if (link.Seal.Sequence != last + 1) Fault(last + 1, null, $"{link.Seal.Sequence - last - 1} links are missing.");
                if (Wrong(key, link, previous) is { } what) Fault(link.Seal.Sequence, link.Seal.AuditId, what);
                if (link.Seal.ErasedHash is not null) erased++;
                (last, previous) = (link.Seal.Sequence, link.Seal.Hash);
            }
        }

        if (last != head.Sequence) Fault(last, null, $"The last {head.Sequence - last} links are cut off.");
        else if (previous != head.Hash) Fault(last, null, "The last link is not the one that the end of the chain names.");
        // Sealing goes on meanwhile, so the end is asked for after the last link.
        var longest = await db.Set<Seal>().MaxAsync(s => (long?)s.Sequence, ct) ?? 0;
        if (longest > await db.Set<ChainHead>().Select(h => h.Sequence).SingleAsync(ct)) Fault(longest, null, "The chain is longer than its end says.");
        await FindIntrudersAsync(head, ct);
        return new ChainReport(last, erased, await Chain.Unsealed(db, head).LongCountAsync(ct), head.Hash, _faults);
    }

    private Task<List<Link>> PageAsync(long after, long end, CancellationToken ct) =>
        (from s in work.Db.Set<Seal>().AsNoTracking()
         join a in work.Db.Set<AuditEntry>().AsNoTracking() on new { s.TenantId, Id = s.AuditId } equals new { a.TenantId, a.Id } into entries
         from a in entries.DefaultIfEmpty()
         where s.Sequence > after && s.Sequence <= end
         orderby s.Sequence
         select new Link(s, a)).Take(Rows).ToListAsync(ct);

    private string? Wrong(ChainKey key, Link link, string previous)
    {
        var (seal, entry) = link;
        if (entry is null) return "The entry was deleted.";
        if (seal.Previous != previous) return "The link does not follow the one before.";
        if (seal is { NameDigest: null, ChangesDigest: null, ErasedHash: null })
            return key.Hash(previous, seal.Sequence, entry) == seal.Hash ? null : "The entry or its link was changed.";
        if (seal is not { NameDigest: { } name, ChangesDigest: { } changes, ErasedHash: { } mark } || mark != key.Erased(seal, name, changes, entry.ActorName, entry.Changes))
            return "The entry was changed after a person's data had been erased from it, or without an erasure.";
        return key.Hash(previous, seal.Sequence, entry, name, changes) == seal.Hash ? null : "The entry or its link was changed.";
    }

    private async Task FindIntrudersAsync(ChainHead head, CancellationToken ct)
    {
        var since = head.UpTo - Chain.Grace;
        var late = await work.Db.Set<AuditEntry>().AsNoTracking()
            .Where(a => a.At < since && !work.Db.Set<Seal>().Any(s => s.TenantId == a.TenantId && s.AuditId == a.Id)).OrderBy(a => a.At).Select(a => a.Id).Take(MostFaults).ToListAsync(ct);
        foreach (var id in late) Fault(0, id, "The entry was put in later: it is older than the chain’s end and in no link.");
    }

    private void Fault(long sequence, AuditId? audit, string what)
    {
        if (_faults.Count < MostFaults) _faults.Add(new ChainFault(sequence, audit, what));
    }
}
