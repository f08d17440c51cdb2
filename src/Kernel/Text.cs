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
        foreach (var part in parts)
        {
            if (string.IsNullOrWhiteSpace(part)) continue;
            if (folded.Length > 0) folded.Append(' ');
            Fold(part, folded);
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>No NUL, no lone surrogate, no control character but tab and line ends: storable on every engine.</summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r')) return false;
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

    /// <summary>Trimmed, or null where nothing but blanks was written.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Fold(string part, StringBuilder folded)
    {
        var space = false;
        foreach (var rune in part.Trim().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            if (Rune.IsWhiteSpace(rune))
            {
                space = true;
                continue;
            }

            if (space) folded.Append(' ');
            space = false;
            folded.Append(Rune.ToLowerInvariant(rune).ToString());
        }
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
    public static T? Parse<T>(string? name) where T : struct, Enum => name is not null && Cache<T>.Members.TryGetValue(name, out var value) ? value : null;

    /// <summary><c>InfoRequested</c> becomes <c>Info requested</c>, for pages without a better label.</summary>
    public static string Label<T>(T value) where T : struct, Enum
    {
        var words = Of(value).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static class Cache<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names = Enum.GetValues<T>().Distinct().ToDictionary(v => v, v => Snake(v.ToString()));
        public static readonly Dictionary<string, T> Members = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
