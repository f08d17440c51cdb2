namespace Trellis.Compute.Matching;

/// <summary>Folding and hashing of the plain fields: town, sector, postcode, tax number.</summary>
internal static class FieldText
{
    private static readonly string[] Blanks = ["na", "n a", "none", "null", "nan", "unknown", "not available", "tbd"];

    /// <summary>Writes folded words parted by single blanks; what does not fit is cut. Returns the length; 0 for blank and for placeholders such as "n/a".</summary>
    public static int FoldWords(ReadOnlySpan<char> text, Span<char> into)
    {
        Span<char> letters = stackalloc char[4];
        var at = 0;
        var gap = false;
        foreach (var c in text)
        {
            int n;
            if (c < 0x80)
            {
                n = char.IsAsciiLetterOrDigit(c) ? 1 : -1;
                letters[0] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            }
            else n = Matching.Letters.Fold(c, letters);
            if (n < 0)
            {
                gap = at > 0;
                continue;
            }

            if (at + n + 1 > into.Length) break;
            if (gap) into[at++] = ' ';
            gap = false;
            letters[..n].CopyTo(into[at..]);
            at += n;
        }

        return IsPlaceholder(into[..at]) ? 0 : at;
    }

    /// <summary>Letters and digits only, folded, without blanks.</summary>
    public static int FoldSolid(ReadOnlySpan<char> text, Span<char> into)
    {
        var n = FoldWords(text, into);
        var at = 0;
        for (var i = 0; i < n; i++)
            if (into[i] != ' ') into[at++] = into[i];
        return at;
    }

    /// <summary>A 64-bit hash that never is 0, as 0 stands for a missing value. FNV-1a with a final mix (Stafford 2011, variant 13).</summary>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var h = Seed;
        foreach (var c in text) h = Add(h, c);
        return Mix(h) | 1;
    }

    public const ulong Seed = 14695981039346656037UL;

    public static ulong Add(ulong hash, char c) => (hash ^ c) * 1099511628211UL;

    public static ulong Mix(ulong h)
    {
        h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9UL;
        h = (h ^ h >> 27) * 0x94D049BB133111EBUL;
        return h ^ h >> 31;
    }

    private static bool IsPlaceholder(ReadOnlySpan<char> text)
    {
        if (text.Length > 13) return false;
        foreach (var blank in Blanks)
            if (text.SequenceEqual(blank)) return true;
        return false;
    }
}
