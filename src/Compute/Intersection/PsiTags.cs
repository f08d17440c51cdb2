using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Trellis.Compute.Intersection;

/// <summary>
/// The sender's list as the receiver gets it: a tag of 80 bits for each item, sorted so that the order tells nothing, and after them the payloads, each under a key of its own.
/// A strange item meets one of n tags with probability n·2^-80: for a million by a million, 2^-40 that any pair is wrong.
/// </summary>
internal static class PsiTags
{
    public const int Size = 10;
    private const int Seal = 16;

    /// <summary>Tag and payload key from the secret value of an item (a point, or the value of an oblivious pseudo-random function).</summary>
    public static UInt128 Of(ReadOnlySpan<byte> secret, Span<byte> key)
    {
        Span<byte> hash = stackalloc byte[64];
        PsiItems.Derive("Trellis-PSI-V01-tag"u8, secret, hash);
        hash.Slice(16, key.Length).CopyTo(key);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) | (UInt128)BinaryPrimitives.ReadUInt16BigEndian(hash[8..]) << 64;
    }

    /// <summary>Body of a message: width of a payload (4 bytes), tags, sealed payloads. Payloads are filled up to the longest, so that their lengths do not show.</summary>
    public static byte[] Pack(PsiHeader header, UInt128[] tags, byte[][]? keys, IReadOnlyList<byte[]>? payloads)
    {
        var order = new int[tags.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(tags, order);
        var width = payloads is null ? 0 : 2 + payloads.Select(p => p.Length).DefaultIfEmpty().Max();
        if (width > ushort.MaxValue) throw new ArgumentException("A payload has at most 65,533 bytes.");
        var entry = payloads is null ? Size : Size + width + Seal;
        var message = new byte[PsiHeader.Size + 4 + (long)tags.Length * entry];
        header.Write(message);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(PsiHeader.Size), width);
        for (var i = 0; i < tags.Length; i++)
        {
            var at = message.AsSpan(PsiHeader.Size + 4 + i * Size, Size);
            BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(tags[i] >> 64));
            BinaryPrimitives.WriteUInt64BigEndian(at[2..], (ulong)tags[i]);
        }

        if (payloads is null) return message;
        var plain = new byte[width];
        Span<byte> nonce = stackalloc byte[12]; // zero: each key seals one text only
        nonce.Clear();
        for (var i = 0; i < tags.Length; i++)
        {
            var payload = payloads[order[i]];
            plain.AsSpan().Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(plain, (ushort)payload.Length);
            payload.CopyTo(plain.AsSpan(2));
            var at = message.AsSpan(PsiHeader.Size + 4 + tags.Length * Size + i * (width + Seal), width + Seal);
            using var cipher = new AesGcm(keys![order[i]], Seal);
            cipher.Encrypt(nonce, plain, at[..width], at[width..]);
        }

        return message;
    }

    /// <summary>Reads and checks the tags of a message.</summary>
    public static UInt128[] Read(ReadOnlySpan<byte> message, PsiHeader header, out int width)
    {
        if (message.Length < PsiHeader.Size + 4) throw new PsiException("The message is cut off.");
        width = BinaryPrimitives.ReadInt32LittleEndian(message[PsiHeader.Size..]);
        if (width is < 0 or > ushort.MaxValue || header.Mode == PsiMode.Payload != width > 0) throw new PsiException("The message does not say how wide its payloads are.");
        header.Expect(message, width == 0 ? Size : Size + width + Seal, 4);
        var tags = new UInt128[header.Count];
        for (var i = 0; i < tags.Length; i++)
        {
            var at = message[(PsiHeader.Size + 4 + i * Size)..];
            tags[i] = (UInt128)BinaryPrimitives.ReadUInt16BigEndian(at) << 64 | BinaryPrimitives.ReadUInt64BigEndian(at[2..]);
            if (i > 0 && tags[i] <= tags[i - 1]) throw new PsiException("The tags of the message are not sorted.");
        }

        return tags;
    }

    /// <summary>Opens the payload of entry i.</summary>
    public static byte[] Open(ReadOnlySpan<byte> message, int count, int i, int width, ReadOnlySpan<byte> key)
    {
        var at = message.Slice(PsiHeader.Size + 4 + count * Size + i * (width + Seal), width + Seal);
        var plain = new byte[width];
        try
        {
            using var cipher = new AesGcm(key, Seal);
            cipher.Decrypt(new byte[12], at[..width], at[width..], plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new PsiException("A payload does not fit its tag: the message is damaged.");
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(plain);
        return length <= width - 2 ? plain[2..(2 + length)] : throw new PsiException("A payload claims more bytes than it has.");
    }
}
