using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Puts new entries of the audit into the chain, in order, a batch at a time.</summary>
internal sealed class Chain(Work work, IDataProtectionProvider protection)
{
    public const int Batch = 2000;

    /// <summary>
    /// An entry becomes visible when its transaction ends, not when it is stamped: for this long after the latest one sealed, earlier ones are still
    /// looked for. What turns up later than that was put in by hand.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private IDataProtector Protector => protection.CreateProtector("Trellis.Identity.AuditChain");

    /// <summary>Seals everything that is there; returns how many entries.</summary>
    public async Task<int> SealAsync(CancellationToken ct)
    {
        var total = 0;
        int some;
        do total += some = await Work.AloneAsync(work.Db, () => SealBatchAsync(ct), ct);
        while (some == Batch);
        return total;
    }

    public ChainKey? KeyOf(ChainHead head)
    {
        try
        {
            return new ChainKey(Convert.FromHexString(Protector.Unprotect(head.ProtectedKey)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Seals one batch inside the open transaction.</summary>
    public async Task<int> SealBatchAsync(CancellationToken ct)
    {
        await work.LockAsync("identity:chain", ct);
        var head = await work.Db.Set<ChainHead>().AsNoTracking().SingleOrDefaultAsync(ct);
        var entries = await Unsealed(work.Db, head).OrderBy(a => a.At).ThenBy(a => a.Id).Take(Batch).ToListAsync(ct);
        if (entries.Count == 0) return 0;
        var fresh = head is null;
        head ??= new ChainHead { TenantId = work.Tenant, Hash = ChainKey.Beginning, ProtectedKey = Protector.Protect(RandomNumberGenerator.GetHexString(64, true)) };
        if (KeyOf(head) is not { } key) throw new InvalidOperationException("The key of the audit's chain cannot be read: the program's key ring (TRELLIS_DATA/keys) is not the one that made it.");
        var seals = Extend(head, key, entries, work.Now);
        await work.Db.Engine.InsertAsync(work.Db, seals, ct);
        if (fresh) await work.Db.Engine.InsertAsync(work.Db, [head], ct);
        else
        {
            await work.Db.Set<ChainHead>().ExecuteUpdateAsync(
                s => s.SetProperty(h => h.Sequence, head.Sequence).SetProperty(h => h.Hash, head.Hash).SetProperty(h => h.UpTo, head.UpTo), ct);
        }

        return entries.Count;
    }

    /// <summary>Entries that are in no link yet, among those late enough to be still awaited.</summary>
    public static IQueryable<AuditEntry> Unsealed(Db db, ChainHead? head)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (head is not null)
        {
            var since = head.UpTo - Grace;
            entries = entries.Where(a => a.At >= since);
        }

        return entries.Where(a => !db.Set<Seal>().Any(s => s.TenantId == a.TenantId && s.AuditId == a.Id));
    }

    private static List<Seal> Extend(ChainHead head, ChainKey key, List<AuditEntry> entries, DateTime now)
    {
        var seals = new List<Seal>(entries.Count);
        foreach (var entry in entries)
        {
            var (previous, sequence) = (head.Hash, head.Sequence + 1);
            (head.Sequence, head.Hash) = (sequence, key.Hash(previous, sequence, entry));
            if (entry.At > head.UpTo) head.UpTo = entry.At;
            seals.Add(new Seal { TenantId = head.TenantId, Sequence = sequence, AuditId = entry.Id, Previous = previous, Hash = head.Hash, SealedAt = now });
        }

        return seals;
    }
}
