using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Trellis.Kernel;

/// <summary>The words of one language: English text to translation, with the forms of a plural where a number stands in it.</summary>
public sealed class Catalogue
{
    private readonly string _language;
    private readonly bool _pseudo;
    private readonly FrozenDictionary<string, string> _words;
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _plurals;
    private readonly Lazy<Patterns> _patterns;
    private readonly ConcurrentDictionary<string, byte> _missing = [];

    // A text that nobody has translated is noted once; more than this are not noted, so that no text made of data can fill the memory.
    private const int MostNoted = 5_000;

    private Catalogue(string language, IEnumerable<KeyValuePair<string, JsonElement>> entries, bool pseudo = false)
    {
        _language = language;
        _pseudo = pseudo;
        // Two modules may use the same words; the lower one's translation stands.
        var unique = entries.DistinctBy(e => e.Key).ToList();
        _words = unique.Where(e => e.Value.ValueKind == JsonValueKind.String).ToFrozenDictionary(e => e.Key, e => e.Value.GetString()!, StringComparer.Ordinal);
        _plurals = unique.Where(e => e.Value.ValueKind == JsonValueKind.Object)
            .ToFrozenDictionary(e => e.Key, e => e.Value.EnumerateObject().ToFrozenDictionary(f => f.Name, f => f.Value.GetString()!), StringComparer.Ordinal);
        _patterns = new Lazy<Patterns>(() => new Patterns(Keys));
    }

    /// <summary>Reads what the assemblies carry for a language: embedded <c>Languages/de.json</c> files.</summary>
    public static Catalogue Of(string language, IEnumerable<Assembly> assemblies) => new(language, assemblies.SelectMany(a => Read(a, language)));

    /// <summary>A catalogue from JSON text.</summary>
    public static Catalogue Parse(string language, string json) => new(language, Entries(json));

    /// <summary>The language of tests, which marks every text of the program: what stands without marks was forgotten.</summary>
    public static Catalogue Pseudo { get; } = new("qps", [], pseudo: true);

    /// <summary>All English texts that it knows.</summary>
    public IEnumerable<string> Keys => _words.Keys.Concat(_plurals.Keys);

    /// <summary>Texts that were asked for since the start and are not in it.</summary>
    public IReadOnlyCollection<string> Missed => [.. _missing.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The forms of a plural, or null where the text has one form only.</summary>
    public IReadOnlyDictionary<string, string>? Forms(string key) => _plurals.GetValueOrDefault(key);

    /// <summary>The translation, in the form that the number asks for; null where there is none.</summary>
    public string? Find(string key, decimal? number = null)
    {
        if (_pseudo) return Mark(key);
        if (_words.TryGetValue(key, out var found)) return found;
        if (!_plurals.TryGetValue(key, out var forms)) return null;
        return forms.TryGetValue(number is { } n ? Plurals.Form(_language, n) : "other", out var form) ? form : forms["other"];
    }

    /// <summary>The text itself, noted as missing.</summary>
    public string Missing(string key)
    {
        if (_missing.Count < MostNoted && key.AsSpan().ContainsAnyInRange('A', 'z')) _missing.TryAdd(key, 0);
        return key;
    }

    /// <summary>
    /// The translation of a text that a component was given, where it is a literal of the program. What was read or put together at run time is
    /// data and stays, even if a customer is called “Open”.
    /// </summary>
    public string Known(string text)
    {
        if (_pseudo) return IsLiteral(text) ? Mark(text) : text;
        if (_words.TryGetValue(text, out var found) && IsLiteral(text)) return found;
        if (found is null && text.Length > 1 && IsLiteral(text)) Missing(text);
        return text;
    }

    /// <summary>
    /// A text that the program has written, perhaps long ago: a notification, a refusal, an entry of a history. Lines are recognised one by one;
    /// a line that is none of the program's stays.
    /// </summary>
    public string Retell(string text, System.Globalization.CultureInfo culture)
    {
        if (_pseudo) return text.Length == 0 ? text : Mark(text);
        if (text.Contains('\n')) return string.Join('\n', text.Split('\n').Select(line => Retell(line.TrimEnd('\r'), culture)));
        if (Find(text) is { } whole) return whole;
        if (_patterns.Value.Find(text) is not { } found) return text;
        var number = found.Values.Select(v => decimal.TryParse(v, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : (decimal?)null).FirstOrDefault(n => n is not null);
        var words = Find(found.Key, number)!;
        for (var i = 0; i < found.Values.Length; i++) words = words.Replace($"{{{i}}}", Find(found.Values[i]) ?? Listed(found.Values[i]) ?? Inner(found.Values[i], culture) ?? Direction.Apart(Figures.In(found.Values[i], culture), Languages.Find(_language)), StringComparison.Ordinal);
        return words;
    }

    // "5 business days" inside a sentence is itself an entry with its plural, and so may be a whole sentence: "Line 3: “tier” stands here twice."
    // What somebody has typed stays as it is: "The invoice is missing." would fit "{0} is missing.", as would any sentence an entry that begins with anything.
    private string? Inner(string value, System.Globalization.CultureInfo culture) =>
        (char.IsAsciiDigit(value[0]) || value[^1] == '.') && value.Contains(' ') && _patterns.Value.Find(value) is var (key, values) && (key[0] != '{' || IsNumber(values[key[1] - '0'])) ? Retell(value, culture) : null;

    private static bool IsNumber(string text) => decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _);

    // A list of words of the program, each of which is known: "Prospect, Applicant, Active".
    private string? Listed(string value)
    {
        var parts = value.Split(", ");
        if (parts.Length < 2) return null;
        for (var i = 0; i < parts.Length; i++)
            if (Find(parts[i]) is { } known) parts[i] = known;
            else return null;
        return string.Join(", ", parts);
    }

    // The runtime keeps one instance of each literal; a text from a table, a form or a concatenation is another instance.
    private static bool IsLiteral(string text) => ReferenceEquals(string.IsInterned(text), text);

    private static string Mark(string key) => key.AsSpan().ContainsAnyInRange('A', 'z') ? $"⟦{key}⟧" : key;

    private static IEnumerable<KeyValuePair<string, JsonElement>> Read(Assembly assembly, string language)
    {
        using var stream = assembly.GetManifestResourceStream($"languages.{language}.json");
        if (stream is null) return [];
        using var reader = new StreamReader(stream);
        return Entries(reader.ReadToEnd());
    }

    private static List<KeyValuePair<string, JsonElement>> Entries(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone()))];
    }
}
