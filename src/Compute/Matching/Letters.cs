using System.Text;

namespace Trellis.Compute.Matching;

/// <summary>
/// Folds one character to plain lower-case Latin: accents dropped, ligatures spelled out, Greek and Cyrillic transliterated
/// (ISO 843 and BGN/PCGN without diacritics). Characters of other scripts stay as they are, so that Chinese or Arabic names still compare.
/// </summary>
internal static class Letters
{
    private const int TableSize = 0x530;
    private static readonly string?[] Table = BuildTable();

    /// <summary>Writes the folded form (0 to 4 characters) and returns its length; 0 means a mark that joins, −1 a separator.</summary>
    public static int Fold(char c, Span<char> into)
    {
        if (c < 0x80)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return -1;
            into[0] = (char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c);
            return 1;
        }

        if (c is >= '\uFF01' and <= '\uFF5E') return Fold((char)(c - 0xFEE0), into);
        if (c is >= '\u0300' and <= '\u036F' or '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060') return 0;
        var folded = c < TableSize ? Table[c] : c is >= '\u1E00' and <= '\u1EFF' ? BaseLetter(c) : null;
        if (folded is not null)
        {
            folded.CopyTo(into);
            return folded.Length;
        }

        if (!char.IsLetterOrDigit(c) && !char.IsSurrogate(c)) return -1;
        into[0] = char.ToLowerInvariant(c);
        return 1;
    }

    private static string? BaseLetter(char c)
    {
        var first = c.ToString().Normalize(NormalizationForm.FormD)[0];
        return char.IsAsciiLetter(first) ? char.ToLowerInvariant(first).ToString() : null;
    }

    private static string?[] BuildTable()
    {
        var table = new string?[TableSize];
        for (var c = '\u00C0'; c <= '\u024F'; c++) table[c] = BaseLetter(c);
        Pairs(table, "ß ss æ ae Æ ae ø o Ø o đ d Đ d ð d Ð d þ th Þ th ł l Ł l œ oe Œ oe ı i ħ h Ħ h ŋ n Ŋ n ĸ k ŧ t Ŧ t ſ s ª a º o ² 2 ³ 3 ¹ 1");
        Pairs(table, "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o "
            + "ά a έ e ή i ί i ό o ύ y ώ o ϊ i ϋ y ΐ i ΰ y");
        Pairs(table, "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ  ы y ь  э e ю yu я ya "
            + "є ye і i ї yi ґ g ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ќ kj ў u");
        return table;
    }

    private static void Pairs(string?[] table, string text)
    {
        var parts = text.Split(' ');
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            var c = parts[i][0];
            table[c] = parts[i + 1];
            var upper = char.ToUpperInvariant(c);
            if (upper != c && upper < TableSize && upper > 0x7F) table[upper] = parts[i + 1];
        }
    }
}
