using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trellis.Compute.Intersection;

/// <summary>
/// Eight elements of GF(2^255 − 19), one in each 64-bit lane, as ten limbs of 26 and 25 bits by turns (radix 2^25.5, Bernstein 2006, "Curve25519: new Diffie-Hellman speed records").
/// No branch and no address depends on a value.
/// </summary>
/// <remarks>
/// A product leaves limbs below 2^26 + 2^16 (even) and 2^25 + 2^16 (odd): "tight". A sum or difference of two tight elements may be multiplied directly:
/// its even limbs stay below 1.6·2^27, 19 times that fits 32 bits, and a sum of ten products stays below 2^63.
/// </remarks>
internal partial struct Field8
{
    public Vector512<ulong> L0, L1, L2, L3, L4, L5, L6, L7, L8, L9;

    private static readonly Vector512<ulong> Low26 = Vector512.Create((1UL << 26) - 1), Low25 = Vector512.Create((1UL << 25) - 1);

    /// <summary>h = f·g; h may be the same as f or g.</summary>
    [SkipLocalsInit]
    public static void Multiply(out Field8 h, in Field8 f, in Field8 g)
    {
        Vector512<ulong> g0 = g.L0, g1 = g.L1, g2 = g.L2, g3 = g.L3, g4 = g.L4, g5 = g.L5, g6 = g.L6, g7 = g.L7, g8 = g.L8, g9 = g.L9;
        var nineteen = Vector512.Create(19UL);
        Vector512<ulong> n1 = Wide(g1, nineteen), n2 = Wide(g2, nineteen), n3 = Wide(g3, nineteen), n4 = Wide(g4, nineteen), n5 = Wide(g5, nineteen), n6 = Wide(g6, nineteen), n7 = Wide(g7, nineteen), n8 = Wide(g8, nineteen), n9 = Wide(g9, nineteen);
        var x = f.L0;
        Vector512<ulong> h0 = Wide(x, g0), h1 = Wide(x, g1), h2 = Wide(x, g2), h3 = Wide(x, g3), h4 = Wide(x, g4), h5 = Wide(x, g5), h6 = Wide(x, g6), h7 = Wide(x, g7), h8 = Wide(x, g8), h9 = Wide(x, g9);
        x = f.L1;
        var d1 = x + x;
        h0 += Wide(d1, n9);
        h1 += Wide(x, g0);
        h2 += Wide(d1, g1);
        h3 += Wide(x, g2);
        h4 += Wide(d1, g3);
        h5 += Wide(x, g4);
        h6 += Wide(d1, g5);
        h7 += Wide(x, g6);
        h8 += Wide(d1, g7);
        h9 += Wide(x, g8);
        x = f.L2;
        h0 += Wide(x, n8);
        h1 += Wide(x, n9);
        h2 += Wide(x, g0);
        h3 += Wide(x, g1);
        h4 += Wide(x, g2);
        h5 += Wide(x, g3);
        h6 += Wide(x, g4);
        h7 += Wide(x, g5);
        h8 += Wide(x, g6);
        h9 += Wide(x, g7);
        x = f.L3;
        var d3 = x + x;
        h0 += Wide(d3, n7);
        h1 += Wide(x, n8);
        h2 += Wide(d3, n9);
        h3 += Wide(x, g0);
        h4 += Wide(d3, g1);
        h5 += Wide(x, g2);
        h6 += Wide(d3, g3);
        h7 += Wide(x, g4);
        h8 += Wide(d3, g5);
        h9 += Wide(x, g6);
        x = f.L4;
        h0 += Wide(x, n6);
        h1 += Wide(x, n7);
        h2 += Wide(x, n8);
        h3 += Wide(x, n9);
        h4 += Wide(x, g0);
        h5 += Wide(x, g1);
        h6 += Wide(x, g2);
        h7 += Wide(x, g3);
        h8 += Wide(x, g4);
        h9 += Wide(x, g5);
        x = f.L5;
        var d5 = x + x;
        h0 += Wide(d5, n5);
        h1 += Wide(x, n6);
        h2 += Wide(d5, n7);
        h3 += Wide(x, n8);
        h4 += Wide(d5, n9);
        h5 += Wide(x, g0);
        h6 += Wide(d5, g1);
        h7 += Wide(x, g2);
        h8 += Wide(d5, g3);
        h9 += Wide(x, g4);
        x = f.L6;
        h0 += Wide(x, n4);
        h1 += Wide(x, n5);
        h2 += Wide(x, n6);
        h3 += Wide(x, n7);
        h4 += Wide(x, n8);
        h5 += Wide(x, n9);
        h6 += Wide(x, g0);
        h7 += Wide(x, g1);
        h8 += Wide(x, g2);
        h9 += Wide(x, g3);
        x = f.L7;
        var d7 = x + x;
        h0 += Wide(d7, n3);
        h1 += Wide(x, n4);
        h2 += Wide(d7, n5);
        h3 += Wide(x, n6);
        h4 += Wide(d7, n7);
        h5 += Wide(x, n8);
        h6 += Wide(d7, n9);
        h7 += Wide(x, g0);
        h8 += Wide(d7, g1);
        h9 += Wide(x, g2);
        x = f.L8;
        h0 += Wide(x, n2);
        h1 += Wide(x, n3);
        h2 += Wide(x, n4);
        h3 += Wide(x, n5);
        h4 += Wide(x, n6);
        h5 += Wide(x, n7);
        h6 += Wide(x, n8);
        h7 += Wide(x, n9);
        h8 += Wide(x, g0);
        h9 += Wide(x, g1);
        x = f.L9;
        var d9 = x + x;
        h0 += Wide(d9, n1);
        h1 += Wide(x, n2);
        h2 += Wide(d9, n3);
        h3 += Wide(x, n4);
        h4 += Wide(d9, n5);
        h5 += Wide(x, n6);
        h6 += Wide(d9, n7);
        h7 += Wide(x, n8);
        h8 += Wide(d9, n9);
        h9 += Wide(x, g0);
        Carry(out h, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9);
    }

    /// <summary>h = f².</summary>
    [SkipLocalsInit]
    public static void Square(out Field8 h, in Field8 f)
    {
        Vector512<ulong> f0 = f.L0, f1 = f.L1, f2 = f.L2, f3 = f.L3, f4 = f.L4, f5 = f.L5, f6 = f.L6, f7 = f.L7, f8 = f.L8, f9 = f.L9;
        Vector512<ulong> d0 = f0 + f0, d1 = f1 + f1, d2 = f2 + f2, d3 = f3 + f3, d4 = f4 + f4, d5 = f5 + f5, d6 = f6 + f6, d7 = f7 + f7, d8 = f8 + f8, d9 = f9 + f9;
        var nineteen = Vector512.Create(19UL);
        Vector512<ulong> n5 = Wide(f5, nineteen), n6 = Wide(f6, nineteen), n7 = Wide(f7, nineteen), n8 = Wide(f8, nineteen), n9 = Wide(f9, nineteen);
        var h0 = Wide(f0, f0) + Wide(d2, n8) + Wide(d4, n6) + Wide(d5, n5) + Twice(Wide(d1, n9) + Wide(d3, n7));
        var h1 = Wide(d0, f1) + Wide(d2, n9) + Wide(d3, n8) + Wide(d4, n7) + Wide(d5, n6);
        var h2 = Wide(d0, f2) + Wide(d1, f1) + Wide(d4, n8) + Wide(f6, n6) + Twice(Wide(d3, n9) + Wide(d5, n7));
        var h3 = Wide(d0, f3) + Wide(d1, f2) + Wide(d4, n9) + Wide(d5, n8) + Wide(d6, n7);
        var h4 = Wide(d0, f4) + Wide(f2, f2) + Wide(d6, n8) + Wide(d7, n7) + Twice(Wide(d1, f3) + Wide(d5, n9));
        var h5 = Wide(d0, f5) + Wide(d1, f4) + Wide(d2, f3) + Wide(d6, n9) + Wide(d7, n8);
        var h6 = Wide(d0, f6) + Wide(d2, f4) + Wide(d3, f3) + Wide(f8, n8) + Twice(Wide(d1, f5) + Wide(d7, n9));
        var h7 = Wide(d0, f7) + Wide(d1, f6) + Wide(d2, f5) + Wide(d3, f4) + Wide(d8, n9);
        var h8 = Wide(d0, f8) + Wide(d2, f6) + Wide(f4, f4) + Wide(d9, n9) + Twice(Wide(d1, f7) + Wide(d3, f5));
        var h9 = Wide(d0, f9) + Wide(d1, f8) + Wide(d2, f7) + Wide(d3, f6) + Wide(d4, f5);
        Carry(out h, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9);
    }

    /// <summary>h = f squared again and again.</summary>
    public static void Square(out Field8 h, in Field8 f, int times)
    {
        Square(out h, f);
        for (var i = 1; i < times; i++) Square(out h, h);
    }

    /// <summary>h = f + g, not tight.</summary>
    public static void Add(out Field8 h, in Field8 f, in Field8 g)
    {
        h.L0 = f.L0 + g.L0;
        h.L1 = f.L1 + g.L1;
        h.L2 = f.L2 + g.L2;
        h.L3 = f.L3 + g.L3;
        h.L4 = f.L4 + g.L4;
        h.L5 = f.L5 + g.L5;
        h.L6 = f.L6 + g.L6;
        h.L7 = f.L7 + g.L7;
        h.L8 = f.L8 + g.L8;
        h.L9 = f.L9 + g.L9;
    }

    /// <summary>h = f − g for tight g, not tight: 2p is added so that no limb falls below 0.</summary>
    public static void Subtract(out Field8 h, in Field8 f, in Field8 g)
    {
        var odd = Vector512.Create((1UL << 26) - 2);
        var even = Vector512.Create((1UL << 27) - 2);
        h.L0 = f.L0 + Vector512.Create((1UL << 27) - 38) - g.L0;
        h.L1 = f.L1 + odd - g.L1;
        h.L2 = f.L2 + even - g.L2;
        h.L3 = f.L3 + odd - g.L3;
        h.L4 = f.L4 + even - g.L4;
        h.L5 = f.L5 + odd - g.L5;
        h.L6 = f.L6 + even - g.L6;
        h.L7 = f.L7 + odd - g.L7;
        h.L8 = f.L8 + even - g.L8;
        h.L9 = f.L9 + odd - g.L9;
    }

    /// <summary>h = f·small.</summary>
    public static void Multiply(out Field8 h, in Field8 f, uint small)
    {
        var s = Vector512.Create((ulong)small);
        Carry(out h, Wide(f.L0, s), Wide(f.L1, s), Wide(f.L2, s), Wide(f.L3, s), Wide(f.L4, s), Wide(f.L5, s), Wide(f.L6, s), Wide(f.L7, s), Wide(f.L8, s), Wide(f.L9, s));
    }

    /// <summary>Makes limbs tight again.</summary>
    public void Tighten() => Carry(out this, L0, L1, L2, L3, L4, L5, L6, L7, L8, L9);

    // Limbs may be up to 2^63; two chains run side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(out Field8 h, Vector512<ulong> h0, Vector512<ulong> h1, Vector512<ulong> h2, Vector512<ulong> h3, Vector512<ulong> h4,
        Vector512<ulong> h5, Vector512<ulong> h6, Vector512<ulong> h7, Vector512<ulong> h8, Vector512<ulong> h9)
    {
        var low26 = Low26;
        var low25 = Low25;
        h1 += h0 >> 26;
        h0 &= low26;
        h5 += h4 >> 26;
        h4 &= low26;
        h2 += h1 >> 25;
        h1 &= low25;
        h6 += h5 >> 25;
        h5 &= low25;
        h3 += h2 >> 26;
        h2 &= low26;
        h7 += h6 >> 26;
        h6 &= low26;
        h4 += h3 >> 25;
        h3 &= low25;
        h8 += h7 >> 25;
        h7 &= low25;
        h5 += h4 >> 26;
        h4 &= low26;
        h9 += h8 >> 26;
        h8 &= low26;
        var over = h9 >> 25;
        h9 &= low25;
        h0 += (over << 4) + over + over + over;
        h6 += h5 >> 25;
        h5 &= low25;
        h1 += h0 >> 26;
        h0 &= low26;
        (h.L0, h.L1, h.L2, h.L3, h.L4) = (h0, h1, h2, h3, h4);
        (h.L5, h.L6, h.L7, h.L8, h.L9) = (h5, h6, h7, h8, h9);
    }

    private static Vector512<ulong> Twice(Vector512<ulong> x) => x + x;

    /// <summary>Products of the lower 32 bits of each lane: one instruction where AVX-512 or AVX2 is there, plain 64-bit products elsewhere (both factors have at most 32 bits).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Wide(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported) return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        if (Avx2.IsSupported)
            return Vector512.Create(Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()), Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
        return a * b;
    }
}
