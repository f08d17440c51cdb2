using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trellis.Kernel;

/// <summary>
/// Recognises sentences that the program has put together and kept, such as the text of a notification or of a refusal, by the entries of a
/// catalogue that they were made of: <c>Mara decides.</c> is <c>{0} decides.</c>.
/// </summary>
internal sealed partial class Patterns
{
    // Fewer letters than this tell nothing: "{0}: {1}" fits half of all sentences.
    private const int FewestLetters = 3;

    private readonly Dictionary<string, List<Pattern>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Pattern>> _byLastWord = new(StringComparer.Ordinal);
    private readonly List<Pattern> _others = [];

    public Patterns(IEnumerable<string> keys)
    {
        foreach (var key in keys.Where(k => k.Contains("{0}", StringComparison.Ordinal)))
        {
            var pattern = new Pattern(key);
            if (pattern.Letters < FewestLetters) continue;
            if (FirstWord(pattern.Parts[0]) is { } first) Into(_byFirstWord, first).Add(pattern);
            else if (LastWord(pattern.Parts[^1]) is { } last) Into(_byLastWord, last).Add(pattern);
            else _others.Add(pattern);
        }
    }

    /// <summary>The entry that fits best, with what stood at its places; null where none fits.</summary>
    public (string Key, string[] Values)? Find(string text)
    {
        (Pattern Pattern, string[] Values)? best = null;
        foreach (var pattern in Candidates(text))
        {
            if (best is { } held && held.Pattern.Weight >= pattern.Weight) continue;
            // "Choose {0}" is the name of a box; "Choose what kind of company it is." is a sentence of its own, which nobody has translated.
            if (pattern.IsOneWord && text.EndsWith('.')) continue;
            if (pattern.Match(text) is { } values) best = (pattern, values);
        }

        return best is { } found ? (found.Pattern.Key, found.Values) : null;
    }

    private IEnumerable<Pattern> Candidates(string text) =>
        (FirstWord(text) is { } first && _byFirstWord.TryGetValue(first, out var begin) ? begin : [])
        .Concat(LastWord(text) is { } last && _byLastWord.TryGetValue(last, out var end) ? end : [])
        .Concat(_others);

    // A word counts only where a blank ends it: what stands at the border to a place may be half a word.
    private static string? FirstWord(string text) => text.IndexOf(' ') is > 0 and var end ? text[..end] : null;

    private static string? LastWord(string text) => text.LastIndexOf(' ') is >= 0 and var start && start < text.Length - 1 ? text[(start + 1)..] : null;

    private static List<Pattern> Into(Dictionary<string, List<Pattern>> index, string word)
    {
        if (!index.TryGetValue(word, out var list)) index[word] = list = [];
        return list;
    }

    private sealed partial class Pattern
    {
        private readonly int[] _places;

        public Pattern(string key)
        {
            Key = key;
            Parts = Place().Split(key);
            _places = [.. Place().Matches(key).Select(m => int.Parse(m.ValueSpan[1..^1], CultureInfo.InvariantCulture))];
            Letters = Parts.Sum(p => p.Count(char.IsLetter));
            IsOneWord = Parts[^1].Length == 0 && Parts.Sum(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetter))) == 1
                && !(_places.Length > 1 && Array.Exists(Parts, p => p.Contains(':', StringComparison.Ordinal)));
            Weight = 1000 * Letters + Parts.Sum(p => p.Length);
        }

        public string Key { get; }
        public string[] Parts { get; }
        public int Letters { get; }

        /// <summary>One word of its own, and a place at the end that takes whatever follows; but “Line {0}: {1}” says by its colon that something follows.</summary>
        public bool IsOneWord { get; }

        /// <summary>Of two that fit, the one with more letters of its own is meant, and with more signs where these are equal.</summary>
        public int Weight { get; }

        public string[]? Match(string text)
        {
            if (!text.StartsWith(Parts[0], StringComparison.Ordinal) || !text.EndsWith(Parts[^1], StringComparison.Ordinal)) return null;
            var values = new string[_places.Max() + 1];
            var at = Parts[0].Length;
            var end = text.Length - Parts[^1].Length;
            for (var i = 0; i < _places.Length; i++)
            {
                var next = i == _places.Length - 1 ? end : Parts[i + 1].Length == 0 ? -1 : text.IndexOf(Parts[i + 1], at, StringComparison.Ordinal);
                if (next <= at || next > end) return null;
                values[_places[i]] = text[at..next];
                at = next + Parts[i + 1].Length;
            }

            return values;
        }

        [GeneratedRegex(@"\{\d\}")]
        private static partial Regex Place();
    }
}

/// <summary>Figures inside kept sentences, which stand there as English writes them.</summary>
internal static partial class Figures
{
    /// <summary>Days and amounts as the language writes them; everything else as it is.</summary>
    public static string In(string text, CultureInfo culture)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9')) return text;
        text = Day().Replace(text, m => DateTime.TryParseExact(m.Value, "d MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString(Languages.DayPattern(culture), culture) : m.Value);
        return Grouped().Replace(text, m => decimal.TryParse(m.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("N" + (m.Value.IndexOf('.') is >= 0 and var point ? m.Value.Length - point - 1 : 0), culture) : m.Value);
    }

    [GeneratedRegex(@"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b")]
    private static partial Regex Day();

    [GeneratedRegex(@"(?<![\d.,])\d{1,3}(,\d{3})+(\.\d+)?(?![\d.,])|(?<=[A-Z]{3}\u00a0)\d{1,3}\.\d{2,3}(?![\d.,])")]
    private static partial Regex Grouped();
}
