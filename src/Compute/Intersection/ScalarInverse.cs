using System.Buffers.Binary;

namespace Trellis.Compute.Intersection;

/// <summary>
/// Inverse of a secret scalar modulo the order ℓ = 2^252 + 27742317777372353535851937790883648493 of the prime subgroup, by Fermat's theorem in Montgomery form:
/// the exponent is public and the products take the same steps for every secret.
/// </summary>
internal static class ScalarInverse
{
    private static readonly ulong[] L = [0x5812631A5CF5D3ED, 0x14DEF9DEA2F79CD6, 0, 0x1000000000000000];
    private const ulong MinusInverse = 0xD2B51DA312547E1B; // −ℓ⁻¹ mod 2^64
    private static readonly ulong[] R2 = Square256();

    /// <summary>
    /// A multiple of 8 that undoes a multiplication by the scalar: for P in the prime subgroup, result·(scalar·P) = P. Being a multiple of 8 it also kills
    /// any part of small order that a wrong point may have.
    /// </summary>
    public static byte[] UndoingMultipleOfEight(ReadOnlySpan<byte> scalar)
    {
        Span<ulong> a = stackalloc ulong[4];
        for (var i = 0; i < 4; i++) a[i] = BinaryPrimitives.ReadUInt64LittleEndian(scalar[(8 * i)..]);
        Span<ulong> x = stackalloc ulong[4];
        Multiply(a, R2, x);
        Span<ulong> eight = stackalloc ulong[4];
        Multiply([8, 0, 0, 0], R2, eight);
        Multiply(x, eight, x);
        Span<ulong> y = stackalloc ulong[4];
        Multiply([1, 0, 0, 0], R2, y);
        for (var bit = 252; bit >= 0; bit--)
        {
            Multiply(y, y, y);
            var word = L[bit >> 6] - (bit >> 6 == 0 ? 2UL : 0UL); // exponent ℓ − 2; ℓ's lowest word does not borrow
            if ((word >> (bit & 63) & 1) != 0) Multiply(y, x, y);
        }

        Multiply(y, [1, 0, 0, 0], y);
        var result = new byte[32];
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteUInt64LittleEndian(result.AsSpan(8 * i), y[i] << 3 | (i > 0 ? y[i - 1] >> 61 : 0));
        return result;
    }

    // a·b / 2^256 mod ℓ, below ℓ whenever one factor is (Montgomery 1985); in and out may be the same.
    private static void Multiply(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into)
    {
        Span<ulong> t = stackalloc ulong[6];
        t.Clear();
        for (var i = 0; i < 4; i++)
        {
            UInt128 c = 0;
            for (var j = 0; j < 4; j++)
            {
                c += (UInt128)a[i] * b[j] + t[j];
                t[j] = (ulong)c;
                c >>= 64;
            }

            c += t[4];
            t[4] = (ulong)c;
            t[5] = (ulong)(c >> 64);
            var m = t[0] * MinusInverse;
            c = ((UInt128)m * L[0] + t[0]) >> 64;
            for (var j = 1; j < 4; j++)
            {
                c += (UInt128)m * L[j] + t[j];
                t[j - 1] = (ulong)c;
                c >>= 64;
            }

            c += t[4];
            t[3] = (ulong)c;
            t[4] = t[5] + (ulong)(c >> 64);
        }

        Span<ulong> less = stackalloc ulong[4];
        ulong borrow = 0;
        for (var i = 0; i < 4; i++)
        {
            var d = (UInt128)t[i] - L[i] - borrow;
            less[i] = (ulong)d;
            borrow = (ulong)(d >> 64) & 1;
        }

        var keep = 0 - (borrow & (t[4] ^ 1)); // all ones when t < ℓ
        for (var i = 0; i < 4; i++) into[i] = t[i] & keep | less[i] & ~keep;
    }

    // 2^512 mod ℓ from public numbers.
    private static ulong[] Square256()
    {
        var order = (System.Numerics.BigInteger.One << 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var bytes = new byte[32];
        ((System.Numerics.BigInteger.One << 512) % order).TryWriteBytes(bytes, out _, isUnsigned: true);
        return [.. Enumerable.Range(0, 4).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8 * i)))];
    }
}
