using System.Security.Cryptography;

namespace Trellis.Compute.Intersection;

/// <summary>
/// 512 oblivious transfers of 128-bit seeds, semi-honest: the chooser sends two public keys for each, one of which it knows the secret of and one that was hashed to the curve so that nobody does
/// (Even, Goldreich and Lempel 1985; Bellare and Micali 1989); the other side agrees a key with both by Diffie–Hellman.
/// </summary>
internal static class BaseOt
{
    public const int Count = OtColumns.Width;
    private static ReadOnlySpan<byte> Domain => "Trellis-PSI-V01-base-ot-curve25519_XMD:SHA-512_ELL2_RO_"u8;

    /// <summary>The chooser's keys: 64 bytes for each transfer.</summary>
    /// <param name="secret">Fresh secret bytes.</param>
    /// <param name="choices">512 bits: which of the two seeds each transfer gives.</param>
    /// <param name="scalars">The secrets of the chosen keys.</param>
    public static byte[] Offer(ReadOnlySpan<byte> secret, out byte[] choices, out byte[] scalars)
    {
        choices = new byte[Count / 8];
        PsiItems.Derive("Trellis-PSI-V01-ot-choices"u8, secret, choices);
        scalars = Stretch("Trellis-PSI-V01-ot-scalars"u8, secret, Count * 32);
        var unknown = Stretch("Trellis-PSI-V01-ot-unknown"u8, secret, Count * 32);
        var known = new byte[Count * 32];
        for (var j = 0; j < Count; j++) Curve25519.Base.CopyTo(known.AsSpan(j * 32));
        // 256 uniform bits modulo the group order are uniform up to 2^-127, so that a known key looks like a hashed one.
        Curve25519.MultiplyEach(known, scalars, known);
        var hashed = new byte[Count * 32];
        for (var j = 0; j < Count; j += 8)
        {
            var texts = new byte[8][];
            for (var k = 0; k < 8; k++) texts[k] = unknown.AsSpan((j + k) * 32, 32).ToArray();
            HashToCurve.Hash(texts, Domain, hashed.AsSpan(j * 32, 256));
        }

        var keys = new byte[Count * 64];
        for (var j = 0; j < Count; j++)
        {
            var first = (byte)((choices[j >> 3] >> (j & 7) & 1) - 1); // 0xFF when seed 0 is chosen; no branch on the choice
            for (var i = 0; i < 32; i++)
            {
                byte a = known[j * 32 + i], b = hashed[j * 32 + i];
                keys[j * 64 + i] = (byte)(a & first | b & ~first);
                keys[j * 64 + 32 + i] = (byte)(b & first | a & ~first);
            }
        }

        return keys;
    }

    /// <summary>The other side's answer (32 bytes) and both seeds of each transfer.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> keys, out byte[][] zero, out byte[][] one)
    {
        var scalar = new byte[64];
        PsiItems.Derive("Trellis-PSI-V01-ot-answer"u8, secret, scalar);
        var key = Curve25519.Clamp(scalar);
        var answer = new byte[32];
        Curve25519.Multiply(Curve25519.Base, key, answer);
        var shared = new byte[keys.Length];
        Curve25519.Multiply(keys, key, shared);
        (zero, one) = (new byte[Count][], new byte[Count][]);
        for (var j = 0; j < Count; j++)
        {
            zero[j] = Seed(j, answer, shared.AsSpan(j * 64, 32));
            one[j] = Seed(j, answer, shared.AsSpan(j * 64 + 32, 32));
        }

        return answer;
    }

    /// <summary>The chosen seeds.</summary>
    public static byte[][] Finish(byte[] scalars, ReadOnlySpan<byte> answer)
    {
        var shared = new byte[Count * 32];
        for (var j = 0; j < Count; j++) answer.CopyTo(shared.AsSpan(j * 32));
        Curve25519.MultiplyEach(shared, scalars, shared);
        var seeds = new byte[Count][];
        for (var j = 0; j < Count; j++) seeds[j] = Seed(j, answer, shared.AsSpan(j * 32, 32));
        return seeds;
    }

    private static byte[] Seed(int j, ReadOnlySpan<byte> answer, ReadOnlySpan<byte> shared)
    {
        Span<byte> text = stackalloc byte[66];
        (text[0], text[1]) = ((byte)j, (byte)(j >> 8));
        answer.CopyTo(text[2..]);
        shared.CopyTo(text[34..]);
        Span<byte> hash = stackalloc byte[64];
        PsiItems.Derive("Trellis-PSI-V01-ot-seed"u8, text, hash);
        return hash[..16].ToArray();
    }

    internal static byte[] Stretch(ReadOnlySpan<byte> label, ReadOnlySpan<byte> secret, int bytes)
    {
        Span<byte> key = stackalloc byte[64];
        PsiItems.Derive(label, secret, key);
        using var cipher = Aes.Create();
        cipher.Key = key[..32].ToArray();
        var counters = new byte[(bytes + 15) / 16 * 16];
        for (var i = 0; i < counters.Length; i += 16) BitConverter.TryWriteBytes(counters.AsSpan(i), (long)(i / 16));
        cipher.EncryptEcb(counters, counters, PaddingMode.None);
        return counters.AsSpan(0, bytes).ToArray();
    }
}
