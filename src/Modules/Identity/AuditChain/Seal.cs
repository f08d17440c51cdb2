using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>
/// One link of the chain over the audit: the entry's place in the order and a keyed hash over the entry and the link before. The audit's own rows
/// are never touched, so that nobody who writes waits for the chain.
/// </summary>
internal sealed class Seal : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public long Sequence { get; init; }

    public AuditId AuditId { get; init; }
    public required string Previous { get; init; }
    public required string Hash { get; init; }
    public DateTime SealedAt { get; init; }

    /// <summary>Where a person's data was erased from the entry: the keyed hash of the name that stood there.</summary>
    public string? NameDigest { get; set; }

    /// <summary>The same for the changes.</summary>
    public string? ChangesDigest { get; set; }

    /// <summary>The keyed hash of what stands there since; only the program can have written it.</summary>
    public string? ErasedHash { get; set; }
}

/// <summary>The end of a tenant's chain and its key, which the program's own key ring protects: the database alone cannot forge a link.</summary>
internal sealed class ChainHead : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public long Sequence { get; set; }
    public required string Hash { get; set; }

    /// <summary>The instant of the latest entry in the chain.</summary>
    public DateTime UpTo { get; set; }

    [Secret]
    public required string ProtectedKey { get; init; }
}

/// <summary>The arithmetic of the chain: pure, over bytes.</summary>
internal sealed class ChainKey(byte[] key)
{
    /// <summary>What the first link names as the one before.</summary>
    public const string Beginning = "0";

    public string Digest(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    /// <summary>The hash of an entry after <paramref name="previous"/>. Name and changes go in as digests, so that an erasure leaves the chain whole.</summary>
    public string Hash(string previous, long sequence, AuditEntry entry, string? nameDigest = null, string? changesDigest = null)
    {
        using var content = new MemoryStream();
        Write(content, previous);
        Write(content, sequence);
        Write(content, entry.TenantId.ToString());
        Write(content, entry.Id.ToString());
        Write(content, (entry.At.Ticks - DateTime.UnixEpoch.Ticks) / 10);
        Write(content, Words.Of(entry.ActorKind));
        Write(content, entry.ActorPerson.ToString());
        Write(content, entry.ActorPartner?.ToString() ?? "");
        Write(content, entry.Action);
        Write(content, entry.SubjectKind);
        Write(content, entry.Subject);
        Write(content, nameDigest ?? Digest(entry.ActorName));
        Write(content, changesDigest ?? Digest(entry.Changes));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, content.ToArray()));
    }

    /// <summary>Vouches for what an erasure has put in the place of a name.</summary>
    public string Erased(Seal seal, string nameDigest, string changesDigest, string name, string changes)
    {
        using var content = new MemoryStream();
        Write(content, "erased");
        Write(content, seal.Sequence);
        foreach (var part in new[] { nameDigest, changesDigest, name, changes }) Write(content, part);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, content.ToArray()));
    }

    // Each part carries its length, so that no two different entries are the same bytes.
    private static void Write(MemoryStream to, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        Write(to, bytes.Length);
        to.Write(bytes);
    }

    private static void Write(MemoryStream to, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        to.Write(bytes);
    }
}
