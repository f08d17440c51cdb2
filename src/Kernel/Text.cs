using System.Globalization;
using System.Text;

namespace Trellis.Kernel;

/// <summary>Text as people write it, made comparable.</summary>
public static class Text
{
    /// <summary>
    /// Lower case without accents or doubled spaces: what search compares, the same on every engine.
    /// </summary>
    public static string Fold(params ReadOnlySpan<string?> parts)
    {
        var folded = new StringBuilder();
        foreach (var part in parts) Fold(part, folded);
        return folded.ToString();
    }

    /// <summary>
    /// No NUL, no lone surrogate, no control character but tab and line ends: storable on every engine. In one line, nothing either that turns the direction of
    /// what follows, by which a name or the ending of a file can be made to read as another; several lines in a mixed script may need it.
    /// </summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) return false;
            if (TurnsDirection(c) && !text.Contains('\n')) return false;
            if (char.IsHighSurrogate(c))
            {
                if (i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return false;
            }
            else if (char.IsLowSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TurnsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Trimmed, or null where nothing but blanks was written.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>At most <paramref name="max"/> characters that every engine can store: for messages that come from elsewhere.</summary>
    public static string Storable(string text, int max)
    {
        var clean = IsClean(text) ? text : string.Concat(text.EnumerateRunes().Where(r => r.Value is '\t' or '\n' or '\r' || !(Rune.IsControl(r) || (r.IsBmp && TurnsDirection((char)r.Value)))).Select(r => r.ToString()));
        if (clean.Length <= max) return clean;
        return (char.IsHighSurrogate(clean[max - 2]) ? clean[..(max - 2)] : clean[..(max - 1)]) + "…";
    }

    private static void Fold(string? part, StringBuilder folded)
    {
        var space = folded.Length > 0;
        foreach (var rune in Lower(part ?? ""))
        {
            if (rune.IsBmp && TurnsDirection((char)rune.Value)) continue;
            if (Rune.IsWhiteSpace(rune))
            {
                space = folded.Length > 0;
                continue;
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Control) continue;
            if (space) folded.Append(' ');
            space = false;
            folded.Append(rune.ToString());
        }
    }

    // Lower case may be composed again (the Kelvin sign and its kin), so the decomposition comes last. Half a pair becomes U+FFFD, and so does U+FFFE: normalising throws on them.
    private static StringRuneEnumerator Lower(string part)
    {
        var whole = (IsClean(part) ? part : string.Concat(part.EnumerateRunes().Select(r => r.ToString()))).Replace('\uFFFE', '\uFFFD');
        return whole.ToLowerInvariant().Normalize(NormalizationForm.FormD).ToLowerInvariant().Normalize(NormalizationForm.FormD).EnumerateRunes();
    }
}

/// <summary>Names of enum members as the API, the tables and the pages write them.</summary>
public static class Words
{
    /// <summary><c>InfoRequested</c> becomes <c>info_requested</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>The machine name of an enum member.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Cache<T>.Names[value];

    /// <summary>The member with this machine name, or null.</summary>
    public static T? Parse<T>(string? name) where T : struct, Enum => Understood.Note(name, name is not null && Cache<T>.Members.TryGetValue(name, out var value) ? value : (T?)null);

    /// <summary><c>InfoRequested</c> becomes <c>Info requested</c>, for pages without a better label.</summary>
    public static string Label<T>(T value) where T : struct, Enum => Cache<T>.Labels[value];

    private static class Cache<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names = Enum.GetValues<T>().Distinct().ToDictionary(v => v, v => Snake(v.ToString()));

        // Kept as the program keeps its literals, so that pages know them for words of its own and say them in the reader's language.
        public static readonly Dictionary<T, string> Labels = Names.ToDictionary(p => p.Key, p => string.Intern(char.ToUpperInvariant(p.Value[0]) + p.Value[1..].Replace('_', ' ')));
        public static readonly Dictionary<string, T> Members = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
