using System.Numerics;
using System.Runtime.CompilerServices;

namespace Trellis.Compute.Matching;

/// <summary>Similarities of short strings, bit-parallel: one machine word holds a column of the comparison matrix.</summary>
public static class Similarity
{
    /// <summary>
    /// Levenshtein distance in edits (insert, delete, replace). Myers, G. (1999), "A fast bit-vector algorithm for approximate string matching
    /// based on dynamic programming", J. ACM 46(3), in Hyyrö's block form (2003); any length, 64 characters a step.
    /// </summary>
    public static int Levenshtein(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Trim(ref a, ref b);
        if (a.Length > b.Length) { var t = a; a = b; b = t; }
        if (a.IsEmpty) return b.Length;
        return a.Length <= 64 ? EditBits.Levenshtein(a, b) : LevenshteinBlocks(a, b);
    }

    /// <summary>
    /// Optimal string alignment distance: Levenshtein plus exchange of neighbours, no substring edited twice.
    /// Hyyrö, H. (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic J. Computing 10. At most 64 characters in the
    /// shorter string; longer ones by the plain dynamic programme.
    /// </summary>
    public static int Damerau(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Trim(ref a, ref b);
        if (a.Length > b.Length) { var t = a; a = b; b = t; }
        if (a.IsEmpty) return b.Length;
        return a.Length <= 64 ? EditBits.Damerau(a, b) : DamerauTable(a, b);
    }

    /// <summary>
    /// Jaro–Winkler similarity in [0, 1]: 1 for equal strings (two empty ones too). Winkler, W. (1990), "String comparator metrics and enhanced decision rules in the
    /// Fellegi–Sunter model of record linkage"; prefix weight 0.1, at most 4 characters, no boost threshold. Bit-parallel for up to 64 characters.
    /// </summary>
    public static double JaroWinkler(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var jaro = Jaro(a, b);
        var prefix = 0;
        while (prefix < 4 && prefix < a.Length && prefix < b.Length && a[prefix] == b[prefix]) prefix++;
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    /// <summary>Jaro similarity in [0, 1] (Jaro 1989, JASA 84).</summary>
    public static double Jaro(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty) return a.IsEmpty && b.IsEmpty ? 1 : 0;
        return a.Length <= 64 && b.Length <= 64 ? EditBits.Jaro(a, b) : JaroTable(a, b);
    }

    /// <summary>Sørensen–Dice overlap of two sets of words given as sorted, distinct ids, each with a weight: 2·w(A∩B) / (w(A)+w(B)); 0 when both are empty.</summary>
    public static double TokenOverlap(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Func<int, double> weight)
    {
        double common = 0, all = 0;
        int i = 0, j = 0;
        while (i < a.Length || j < b.Length)
        {
            if (j == b.Length || i < a.Length && a[i] < b[j]) all += weight(a[i++]);
            else if (i == a.Length || b[j] < a[i]) all += weight(b[j++]);
            else
            {
                common += 2 * weight(a[i]);
                all += 2 * weight(a[i++]);
                j++;
            }
        }

        return all > 0 ? common / all : 0;
    }

    /// <summary>Plain Dice overlap of two lists of words, repeated words counted once.</summary>
    public static double TokenOverlap(IEnumerable<string> a, IEnumerable<string> b)
    {
        var left = a.ToHashSet();
        var right = b.ToHashSet();
        var both = left.Count(right.Contains);
        return left.Count + right.Count == 0 ? 0 : 2.0 * both / (left.Count + right.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Trim(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        while (!a.IsEmpty && !b.IsEmpty && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }
    }

    private static int LevenshteinBlocks(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var blocks = (a.Length + 63) / 64;
        var pv = new ulong[blocks];
        var mv = new ulong[blocks];
        Array.Fill(pv, ulong.MaxValue);
        var positions = new Dictionary<char, ulong[]>();
        for (var i = 0; i < a.Length; i++)
        {
            if (!positions.TryGetValue(a[i], out var bits)) positions[a[i]] = bits = new ulong[blocks];
            bits[i >> 6] |= 1UL << (i & 63);
        }

        var none = new ulong[blocks];
        var score = a.Length;
        var last = 1UL << ((a.Length - 1) & 63);
        foreach (var c in b)
        {
            var peq = positions.GetValueOrDefault(c, none);
            int carry = 1;
            for (var k = 0; k < blocks; k++)
                carry = EditBits.Step(ref pv[k], ref mv[k], peq[k], carry, k == blocks - 1 ? last : 1UL << 63);
            score += carry;
        }

        return score;
    }

    private static int DamerauTable(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var before = new int[b.Length + 1];
        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }

    private static double JaroTable(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        var usedA = new bool[a.Length];
        var usedB = new bool[b.Length];
        var matches = 0;
        for (var j = 0; j < b.Length; j++)
            for (var i = Math.Max(0, j - window); i < Math.Min(a.Length, j + window + 1); i++)
                if (!usedA[i] && a[i] == b[j])
                {
                    usedA[i] = usedB[j] = true;
                    matches++;
                    break;
                }

        if (matches == 0) return 0;
        int crossed = 0, at = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (!usedA[i]) continue;
            while (!usedB[at]) at++;
            if (a[i] != b[at++]) crossed++;
        }

        return EditBits.JaroOf(a.Length, b.Length, matches, crossed);
    }
}
