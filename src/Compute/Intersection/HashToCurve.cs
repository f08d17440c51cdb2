using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Trellis.Compute.Intersection;

/// <summary>
/// curve25519_XMD:SHA-512_ELL2_RO_ of RFC 9380: hashes texts to uniformly distributed points of the prime-order subgroup, eight at a time; only the u-coordinate is kept.
/// The map is constant-time, so that what a private list holds does not show in the time it takes (the hash reads each text once, as long as it is).
/// </summary>
internal static class HashToCurve
{
    private const int J = 486662;
    private static readonly Field8 RootOfMinusOne, RootOfTwoPower;

    static HashToCurve()
    {
        // 2 is no square: 2^((p+3)/8) = 2·2^((p−5)/8), and its square is a root of −1 times 2 … (RFC 9380, G.2.1: c2 and c3).
        var two = Field8Bytes.Constant(2);
        Field8Bytes.Root(out var root, two);
        Field8.Multiply(out RootOfTwoPower, root, two);
        Field8.Square(out var square, root);
        Field8.Multiply(out RootOfMinusOne, square, two);
    }

    /// <summary>u-coordinates (32 bytes each) of the hashes of eight or fewer texts.</summary>
    public static void Hash(ReadOnlySpan<byte[]> texts, ReadOnlySpan<byte> domain, Span<byte> points)
    {
        Span<ulong> first = stackalloc ulong[80];
        Span<ulong> second = stackalloc ulong[80];
        Span<byte> uniform = stackalloc byte[128];
        for (var lane = 0; lane < 8; lane++)
        {
            Expand(texts[lane < texts.Length ? lane : 0], domain, uniform);
            Reduce(uniform[..48], first, lane);
            Reduce(uniform[48..96], second, lane);
        }

        Map(Load(first), out var x0, out var d0, out var y0);
        Map(Load(second), out var x1, out var d1, out var y1);
        Add(x0, d0, y0, x1, d1, y1, out var x, out var z);
        for (var i = 0; i < 3; i++) Double(ref x, ref z);
        Field8Bytes.Invert(out z, z);
        Field8.Multiply(out x, x, z);
        Field8Bytes.Write(x, points);
    }

    /// <summary>expand_message_xmd with SHA-512 for 96 bytes (RFC 9380 §5.3.1); the buffer has 128.</summary>
    internal static void Expand(ReadOnlySpan<byte> text, ReadOnlySpan<byte> domain, Span<byte> uniform)
    {
        var size = 128 + text.Length + 3 + domain.Length + 1;
        Span<byte> message = size <= 1024 ? stackalloc byte[size] : new byte[size];
        message[..128].Clear();
        text.CopyTo(message[128..]);
        message[128 + text.Length] = 0;
        message[129 + text.Length] = 96;
        message[130 + text.Length] = 0;
        domain.CopyTo(message[(131 + text.Length)..]);
        message[^1] = (byte)domain.Length;
        Span<byte> b0 = stackalloc byte[64];
        SHA512.HashData(message, b0);
        Span<byte> next = stackalloc byte[64 + 1 + 256];
        next = next[..(65 + domain.Length + 1)];
        domain.CopyTo(next[65..]);
        next[^1] = (byte)domain.Length;
        b0.CopyTo(next);
        next[64] = 1;
        SHA512.HashData(next, uniform);
        for (var i = 0; i < 64; i++) next[i] = (byte)(b0[i] ^ uniform[i]);
        next[64] = 2;
        SHA512.HashData(next, uniform[64..]);
    }

    // 48 big-endian bytes modulo p: 2^256 = 38.
    private static void Reduce(ReadOnlySpan<byte> bytes, Span<ulong> limbs, int lane)
    {
        ulong Word(ReadOnlySpan<byte> b, int i) => BinaryPrimitives.ReadUInt64BigEndian(b[(40 - 8 * i)..]);
        ulong h0 = Word(bytes, 4), h1 = Word(bytes, 5);
        var t = (UInt128)h0 * 38 + Word(bytes, 0);
        var a = (ulong)t;
        t = (UInt128)h1 * 38 + Word(bytes, 1) + (ulong)(t >> 64);
        var b = (ulong)t;
        t = (UInt128)Word(bytes, 2) + (ulong)(t >> 64);
        var c = (ulong)t;
        t = (UInt128)Word(bytes, 3) + (ulong)(t >> 64);
        var d = (ulong)t;
        // What is at or above 2^255 comes back 19 times; it is small, so that it cannot ripple through more than once.
        var over = (d >> 63 | (ulong)(t >> 64) << 1) * 19;
        d &= ulong.MaxValue >> 1;
        t = (UInt128)a + over;
        a = (ulong)t;
        t = (UInt128)b + (ulong)(t >> 64);
        b = (ulong)t;
        t = (UInt128)c + (ulong)(t >> 64);
        c = (ulong)t;
        d += (ulong)(t >> 64);
        Field8Bytes.Split(a, b, c, d, limbs, lane);
        limbs[72 + lane] = d >> 38; // one more bit may be set than a canonical element has
    }

    private static Field8 Load(ReadOnlySpan<ulong> limbs)
    {
        Field8 f = default;
        for (var k = 0; k < 10; k++) Unsafe.Add(ref f.L0, k) = Vector512.Create(limbs.Slice(k * 8, 8));
        return f;
    }

    // RFC 9380, appendix G.2.1, step by step; names as there.
    private static void Map(in Field8 u, out Field8 xn, out Field8 xd, out Field8 y)
    {
        var one = Field8Bytes.Constant(1);
        Field8.Square(out var tv1, u);
        Field8.Add(out tv1, tv1, tv1);
        tv1.Tighten();
        Field8.Add(out xd, tv1, one);
        xd.Tighten();
        Field8.Subtract(out var x1n, Field8Bytes.Constant(0), Field8Bytes.Constant(J));
        x1n.Tighten();
        Field8.Square(out var tv2, xd);
        Field8.Multiply(out var gxd, tv2, xd);
        Field8.Multiply(out var gx1, tv1, J);
        Field8.Multiply(out gx1, gx1, x1n);
        Field8.Add(out gx1, gx1, tv2);
        Field8.Multiply(out gx1, gx1, x1n);
        Field8.Square(out var tv3, gxd);
        Field8.Square(out tv2, tv3);
        Field8.Multiply(out tv3, tv3, gxd);
        Field8.Multiply(out tv3, tv3, gx1);
        Field8.Multiply(out tv2, tv2, tv3);
        Field8Bytes.Root(out var y11, tv2);
        Field8.Multiply(out y11, y11, tv3);
        Field8.Multiply(out var y12, y11, RootOfMinusOne);
        Field8.Select(out var y1, y12, y11, IsRoot(y11, gxd, gx1));
        Field8.Multiply(out var x2n, x1n, tv1);
        Field8.Multiply(out var y21, y11, u);
        Field8.Multiply(out y21, y21, RootOfTwoPower);
        Field8.Multiply(out var y22, y21, RootOfMinusOne);
        Field8.Multiply(out var gx2, gx1, tv1);
        Field8.Select(out var y2, y22, y21, IsRoot(y21, gxd, gx2));
        var e3 = IsRoot(y1, gxd, gx1);
        Field8.Select(out xn, x2n, x1n, e3);
        Field8.Select(out y, y2, y1, e3);
        y.Canonical();
        var e4 = Vector512<ulong>.Zero - (y.L0 & Vector512.Create(1UL));
        Field8.Subtract(out var negative, Field8Bytes.Constant(0), y);
        negative.Tighten();
        Field8.Select(out y, y, negative, e3 ^ e4);
    }

    // y²·gxd = gx
    private static Vector512<ulong> IsRoot(in Field8 y, in Field8 gxd, in Field8 gx)
    {
        Field8.Square(out var t, y);
        Field8.Multiply(out t, t, gxd);
        var right = gx;
        t.Canonical();
        right.Canonical();
        return Field8.Equal(t, right);
    }

    // Sum of two affine points with x = n/d on y² = x³ + Jx² + x, by the chord; equal x (probability 2^-250) gives z = 0.
    private static void Add(in Field8 n0, in Field8 d0, in Field8 y0, in Field8 n1, in Field8 d1, in Field8 y1, out Field8 x, out Field8 z)
    {
        Field8.Multiply(out var dd, d0, d1);
        Field8.Multiply(out var left, n0, d1);
        Field8.Multiply(out var right, n1, d0);
        Field8.Subtract(out var run, right, left);
        run.Tighten();
        Field8.Subtract(out var rise, y1, y0);
        Field8.Multiply(out rise, rise, dd);
        Field8.Square(out rise, rise);
        Field8.Multiply(out rise, rise, dd);
        Field8.Square(out run, run);
        Field8.Multiply(out z, run, dd);
        Field8.Add(out var sum, left, right);
        Field8.Multiply(out var jdd, dd, J);
        Field8.Add(out sum, sum, jdd);
        sum.Tighten();
        Field8.Multiply(out sum, sum, run);
        Field8.Subtract(out x, rise, sum);
        x.Tighten();
    }

    private static void Double(ref Field8 x, ref Field8 z)
    {
        Field8.Add(out var a, x, z);
        Field8.Subtract(out var b, x, z);
        Field8.Square(out a, a);
        Field8.Square(out b, b);
        Field8.Subtract(out var e, a, b);
        Field8.Multiply(out x, a, b);
        Field8.Multiply(out var t, e, 121665);
        Field8.Add(out t, a, t);
        Field8.Multiply(out z, e, t);
    }
}
