using System.Numerics;

namespace Trellis.Compute.Matching;

/// <summary>How alike two different words of company names are: abbreviation, slip of the pen, or nothing.</summary>
internal static class WordSimilarity
{
    /// <summary>0 for unlike words, up to 0.95. Symmetric; words are folded, not empty and not equal.</summary>
    public static float Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > b.Length) { var t = a; a = b; b = t; }
        if (a[0] == b[0])
        {
            var same = a.CommonPrefixLength(b);
            if (same == a.Length) return Abbreviation(a.Length, b.Length);
            if (a.Length >= 3 && IsSubsequence(a, b, same)) return a.Length >= 4 || a[^1] == b[^1] ? 0.8f : 0.6f;
            // "hldgs" and "holding": a shortened word in another number or case.
            if (a.Length >= 4 && a[^1] == 's' && IsSubsequence(a[..^1], b, same)) return 0.75f;
        }

        return Slip(a, b);
    }

    /// <summary>False only when two words cannot be alike by the letters they have: an abbreviation has no letter of its own, a slip at most two.</summary>
    public static bool MayBeAlike(uint letters, uint others)
    {
        uint own = letters & ~others, foreign = others & ~letters;
        return own == 0 || foreign == 0 || BitOperations.PopCount(own) <= 2 && BitOperations.PopCount(foreign) <= 2
            || own == 1u << ('s' - 'a') || foreign == 1u << ('s' - 'a');
    }

    private static float Abbreviation(int shorter, int longer) => shorter switch
    {
        1 => 0.35f,
        2 => 0.6f,
        _ => longer - shorter <= 2 ? 0.93f : Math.Min(0.93f, 0.7f + 0.05f * shorter),
    };

    private static float Slip(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length < 4 || b.Length - a.Length > 2) return 0;
        var allowed = a.Length >= 7 ? 2 : 1;
        if (b.Length - a.Length > allowed) return 0;
        if (Decorations.IsNumber(a) || Decorations.IsNumber(b)) return 0; // 2020 and 2021 are not a slip
        var edits = Similarity.Damerau(a, b);
        if (edits > allowed) return 0;
        return (edits == 1 ? 0.9f : 0.75f) - (a[0] == b[0] ? 0 : 0.15f) - (a.Length == 4 ? 0.15f : 0);
    }

    private static bool IsSubsequence(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int from)
    {
        var j = from;
        for (var i = from; i < a.Length; i++, j++)
        {
            while (j < b.Length && b[j] != a[i]) j++;
            if (j == b.Length) return false;
        }

        return true;
    }
}
