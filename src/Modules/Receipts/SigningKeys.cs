using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>A key that can sign.</summary>
internal sealed class SigningKey(string id, string publicKey, ECDsa key)
{
    private readonly Lock _one = new();

    public string Id => id;

    public string PublicKey => publicKey;

    // The system's implementation makes no promise about two threads at once.
    public string Sign(string text)
    {
        lock (_one) return Signatures.Sign(key, text);
    }
}

/// <summary>
/// The key that this installation signs with: the newest one that is not retired and that this node can open. It is made at the first receipt, in
/// the transaction of that receipt; nodes that share a data folder and a database share it.
/// </summary>
internal sealed class SigningKeys(IDataProtectionProvider protection, TimeProvider clock)
{
    // Another node may have changed the key.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly IDataProtector _protector = protection.CreateProtector("Trellis.Receipts");

    // One reference, which threads exchange as a whole.
    private volatile Known? _current;

    public async ValueTask<SigningKey> CurrentAsync(Work work, CancellationToken ct, DateTime? madeAt = null)
    {
        if (_current is { } known && known.Until > clock.GetUtcNow().UtcDateTime) return known.Key;
        // Made a moment ago in this very transaction.
        if (work.Db.Set<KeyRow>().Local.FirstOrDefault(k => k.RetiredAt is null) is { } made && Open(made) is { } young) return young;
        if (await NewestAsync(work, ct) is { } found) return Keep(found);
        await work.Db.Engine.LockAsync(work.Db, "receipts.key", ct);
        return await NewestAsync(work, ct) is { } other ? Keep(other) : Make(work, madeAt);
    }

    /// <summary>Makes a new key inside the open transaction; it signs as soon as that is committed.</summary>
    public SigningKey Make(Work work, DateTime? at = null)
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Convert.ToHexStringLower(pair.ExportSubjectPublicKeyInfo());
        var key = new SigningKey(Signatures.KeyId(publicKey), publicKey, pair);
        work.Db.Add(new KeyRow { Id = key.Id, PublicKey = publicKey, PrivateKey = Convert.ToBase64String(_protector.Protect(pair.ExportPkcs8PrivateKey())), CreatedAt = at ?? work.Now });
        work.Afterwards(() => Keep(key));
        return key;
    }

    private SigningKey Keep(SigningKey key)
    {
        _current = new Known(key, clock.GetUtcNow().UtcDateTime + Fresh);
        return key;
    }

    private async Task<SigningKey?> NewestAsync(Work work, CancellationToken ct)
    {
        var rows = await work.Db.Set<KeyRow>().AsNoTracking().Where(k => k.RetiredAt == null).OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(ct);
        return rows.Select(Open).FirstOrDefault(k => k is not null);
    }

    private SigningKey? Open(KeyRow row)
    {
        if (row.PrivateKey.Length == 0) return null;
        try
        {
            var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(_protector.Unprotect(Convert.FromBase64String(row.PrivateKey)), out _);
            return new SigningKey(row.Id, row.PublicKey, pair);
        }
        catch (CryptographicException)
        {
            // Restored without its data folder, or a node with a folder of its own: it signs with a key of its own.
            return null;
        }
    }

    private sealed record Known(SigningKey Key, DateTime Until);
}
