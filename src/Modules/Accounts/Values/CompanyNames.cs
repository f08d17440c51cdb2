using System.Globalization;
using System.Text;

namespace Trellis.Accounts.Values;

/// <summary>
/// Names made comparable letter by letter, for whatever has a name: accounts, products, sellers, columns. Which company a name means is told by Trellis.Compute.Matching.
/// </summary>
internal static class CompanyNames
{
    /// <summary>The name without blanks, punctuation, case and accents; “&amp;” reads “and”.</summary>
    public static string Tight(string name) => string.Concat(Tokens(name));

    /// <summary>Whether two texts differ by at most one letter inserted, removed, replaced, or swapped with its neighbour.</summary>
    public static bool OneLetterApart(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length < b.Length)
        {
            var swap = a;
            a = b;
            b = swap;
        }

        if (a.Length - b.Length > 1) return false;
        var start = a.CommonPrefixLength(b);
        if (start == b.Length) return true;
        if (a.Length != b.Length) return a[(start + 1)..].SequenceEqual(b[start..]);
        return a[(start + 1)..].SequenceEqual(b[(start + 1)..])
            || (start + 1 < a.Length && a[start] == b[start + 1] && a[start + 1] == b[start] && a[(start + 2)..].SequenceEqual(b[(start + 2)..]));
    }

    // Plain lower-case words are by far the most: they pass without a copy of the normaliser's work.
    private static List<string> Tokens(string name)
    {
        var tokens = new List<string>(4);
        var word = new StringBuilder();
        var text = Ascii.IsValid(name) ? name : name.Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormD);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '.' or '\'' or '’' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            if (Rune.IsLetterOrDigit(rune))
            {
                if (Special(rune) is { } plain) word.Append(plain);
                else word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }

            End();
            if (rune.Value is '&' or '+') tokens.Add("and");
        }

        End();
        return tokens;

        void End()
        {
            if (word.Length > 0) tokens.Add(word.ToString());
            word.Clear();
        }
    }

    private static string? Special(Rune rune) => rune.Value switch
    {
        'ß' => "ss",
        'ø' or 'Ø' => "o",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };
}
