using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Trellis.Compute.Intersection;

/// <summary>256 bits of hash of an item in one session: 128 for its place, 128 for its code.</summary>
internal readonly record struct ItemDigest(ulong Low, ulong High, ulong CodeLow, ulong CodeHigh);

/// <summary>
/// What both parties of the fast protocol compute alike: digests, the 512-bit pseudo-random code of an item (Kolesnikov, Kumaresan, Rosulek and Trieu 2016), and the final tag.
/// With rows Q = T ⊕ s∧P, decoding gives Q(y) ⊕ s∧C(y) = T(y) ⊕ s∧(P(y) ⊕ C(y)), which is T(y) exactly when the receiver stored y.
/// </summary>
internal sealed class OkvsOprf
{
    /// <summary>Bytes before the rows of a table message: the answer of the base transfers and the number of the hash functions.</summary>
    public const int Prefix = 36;

    private const int Block = 512;
    private readonly byte[] _digestKey, _codeKey;

    public OkvsOprf(UInt128 session, ReadOnlySpan<byte> answer)
    {
        Span<byte> text = stackalloc byte[48];
        BinaryPrimitives.WriteUInt128LittleEndian(text, session);
        answer.CopyTo(text[16..]);
        Span<byte> keys = stackalloc byte[64];
        PsiItems.Derive("Trellis-PSI-V01-okvs-keys"u8, text, keys);
        (_digestKey, _codeKey) = (keys[..32].ToArray(), keys[32..48].ToArray());
    }

    /// <summary>The store that a table message describes.</summary>
    public static Okvs Store(ReadOnlySpan<byte> body, int count)
    {
        var attempt = BinaryPrimitives.ReadInt32LittleEndian(body[32..]);
        return attempt is >= 0 and < 64 ? new Okvs(count, attempt) : throw new PsiException("The table names unknown hash functions.");
    }

    public ItemDigest[] Digest(IReadOnlyList<byte[]> items, List<int> chosen, PsiOptions options)
    {
        var digests = new ItemDigest[chosen.Count];
        PsiItems.InBlocks(chosen.Count, 8 * Block, options, (from, to) =>
        {
            var text = new byte[256];
            Span<byte> hash = stackalloc byte[32];
            _digestKey.CopyTo(text, 0);
            for (var i = from; i < to; i++)
            {
                var item = items[chosen[i]];
                if (item.Length + 32 > text.Length) Array.Resize(ref text, item.Length + 32);
                item.CopyTo(text, 32);
                SHA256.HashData(text.AsSpan(0, 32 + item.Length), hash);
                digests[i] = new ItemDigest(Word(hash, 0), Word(hash, 1), Word(hash, 2), Word(hash, 3));
            }
        });
        return digests;
    }

    /// <summary>The codes of all items.</summary>
    public RowTable Codes(ItemDigest[] digests, PsiOptions options)
    {
        var codes = new RowTable(digests.Length);
        PsiItems.InBlocks(digests.Length, Block, options, (from, to) =>
        {
            using var cipher = Cipher();
            Codes(cipher, digests.AsSpan(from, to - from), codes.Bytes.Slice(from * 64, (to - from) * 64));
        });
        return codes;
    }

    /// <summary>Tags (and payload keys) of all items from a table of rows; the code of each item enters where <paramref name="choice"/> has a bit.</summary>
    public UInt128[] Evaluate(Okvs store, RowTable rows, ItemDigest[] digests, Vector512<ulong> choice, bool withKeys, out byte[][]? keys, PsiOptions options)
    {
        var tags = new UInt128[digests.Length];
        var made = withKeys ? new byte[digests.Length][] : null;
        var sums = store.Dense(rows);
        PsiItems.InBlocks(digests.Length, Block, options, (from, to) =>
        {
            using var cipher = Cipher();
            var codes = new byte[(to - from) * 64];
            Codes(cipher, digests.AsSpan(from, to - from), codes);
            Span<byte> secret = stackalloc byte[80];
            for (var i = from; i < to; i++)
            {
                var digest = digests[i];
                var value = Okvs.Decode(rows, sums, store.PlaceOf(digest.Low, digest.High)) ^ choice & Unsafe.ReadUnaligned<Vector512<ulong>>(ref codes[(i - from) * 64]);
                value.AsByte().CopyTo(secret);
                BinaryPrimitives.WriteUInt64LittleEndian(secret[64..], digest.CodeLow);
                BinaryPrimitives.WriteUInt64LittleEndian(secret[72..], digest.CodeHigh);
                if (made is not null) made[i] = new byte[32];
                tags[i] = PsiTags.Of(secret, made is null ? [] : made[i]);
            }
        });
        keys = made;
        return tags;
    }

    private Aes Cipher()
    {
        var cipher = Aes.Create();
        cipher.Key = _codeKey;
        return cipher;
    }

    // Four blocks of AES under a key of the session, from a seed that no two items share.
    private static void Codes(Aes cipher, ReadOnlySpan<ItemDigest> digests, Span<byte> into)
    {
        for (var i = 0; i < digests.Length; i++)
            for (var k = 0; k < 4; k++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(into[(i * 64 + k * 16)..], digests[i].CodeLow);
                BinaryPrimitives.WriteUInt64LittleEndian(into[(i * 64 + k * 16 + 8)..], digests[i].CodeHigh ^ (ulong)k << 62);
            }

        cipher.EncryptEcb(into, into, PaddingMode.None);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int i) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
}
