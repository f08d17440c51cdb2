using System.Numerics;
using System.Runtime.CompilerServices;

namespace Trellis.Compute.Matching;

/// <summary>The one-word kernels behind <see cref="Similarity"/>; the first argument has 1 to 64 characters.</summary>
internal static class EditBits
{
    // Positions of each character of a short pattern: a direct table for ASCII, a scan for the rest. Kept per thread and cleaned after use.
    [ThreadStatic] private static ulong[]? _ascii;

    private static ulong[] Positions(ReadOnlySpan<char> a)
    {
        var table = _ascii ??= new ulong[128];
        for (var i = 0; i < a.Length; i++)
            if (a[i] < 128) table[a[i]] |= 1UL << i;
        return table;
    }

    private static void Clean(ulong[] table, ReadOnlySpan<char> a)
    {
        foreach (var c in a)
            if (c < 128) table[c] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ulong[] table, ReadOnlySpan<char> a, char c)
    {
        if (c < 128) return table[c];
        var bits = 0UL;
        for (var i = 0; i < a.Length; i++)
            if (a[i] == c) bits |= 1UL << i;
        return bits;
    }

    public static int Levenshtein(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var table = Positions(a);
        ulong pv = ulong.MaxValue, mv = 0, last = 1UL << (a.Length - 1);
        var score = a.Length;
        foreach (var c in b) score += Step(ref pv, ref mv, Equal(table, a, c), 1, last);
        Clean(table, a);
        return score;
    }

    /// <summary>One column of one block; takes the horizontal difference entering at the top (−1, 0, 1) and returns the one leaving at the bit 'last'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(ref ulong pv, ref ulong mv, ulong eq, int carry, ulong last)
    {
        var xv = eq | mv;
        if (carry < 0) eq |= 1;
        var xh = (((eq & pv) + pv) ^ pv) | eq;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        var leaving = (ph & last) != 0 ? 1 : (mh & last) != 0 ? -1 : 0;
        ph = ph << 1 | (carry > 0 ? 1UL : 0);
        mh = mh << 1 | (carry < 0 ? 1UL : 0);
        pv = mh | ~(xv | ph);
        mv = ph & xv;
        return leaving;
    }

    public static int Damerau(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var table = Positions(a);
        ulong pv = ulong.MaxValue, mv = 0, d0 = 0, before = 0, last = 1UL << (a.Length - 1);
        var score = a.Length;
        foreach (var c in b)
        {
            var eq = Equal(table, a, c);
            var swap = ((~d0 & eq) << 1) & before;
            d0 = (((eq & pv) + pv) ^ pv) | eq | mv | swap;
            var ph = mv | ~(d0 | pv);
            var mh = pv & d0;
            if ((ph & last) != 0) score++;
            else if ((mh & last) != 0) score--;
            ph = ph << 1 | 1;
            mh <<= 1;
            pv = mh | ~(d0 | ph);
            mv = ph & d0;
            before = eq;
        }

        Clean(table, a);
        return score;
    }

    public static double Jaro(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var table = Positions(a);
        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        ulong usedA = 0, usedB = 0;
        for (var j = 0; j < b.Length; j++)
        {
            var low = j > window ? ~0UL << Math.Min(63, j - window) : ~0UL;
            if (j - window > 63) low = 0;
            var high = j + window >= 63 ? ~0UL : (1UL << (j + window + 1)) - 1;
            var free = Equal(table, a, b[j]) & low & high & ~usedA;
            if (free == 0) continue;
            usedA |= free & (ulong)-(long)free;
            usedB |= 1UL << j;
        }

        Clean(table, a);
        var matches = BitOperations.PopCount(usedA);
        if (matches == 0) return 0;
        var crossed = 0;
        for (; usedA != 0; usedA &= usedA - 1, usedB &= usedB - 1)
            if (a[BitOperations.TrailingZeroCount(usedA)] != b[BitOperations.TrailingZeroCount(usedB)]) crossed++;
        return JaroOf(a.Length, b.Length, matches, crossed);
    }

    public static double JaroOf(int a, int b, int matches, int crossed) =>
        ((double)matches / a + (double)matches / b + (matches - crossed / 2.0) / matches) / 3;
}
