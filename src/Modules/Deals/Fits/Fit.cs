using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Fits;

/// <summary>A word that a partner has declared of itself.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Key">As it is compared.</param>
/// <param name="Label">As people read it.</param>
internal readonly record struct Declared(TraitKind Kind, string Key, string Label);

/// <summary>What a piece of business asks of a partner, in the words in which partners declare themselves, as they are compared.</summary>
/// <param name="Places">Of its customer's place.</param>
/// <param name="Industries">Of its customer's industry; none where it is not known.</param>
/// <param name="Languages">Of its customer's country.</param>
/// <param name="Expertise">What is needed: product, series, and every run of up to four words of what people have written.</param>
internal sealed record Wanted(IReadOnlyList<string> Places, IReadOnlyList<string> Industries, IReadOnlyList<string> Languages, IReadOnlyList<string> Expertise)
{
    private const int MostWords = 60;
    private const int LongestRun = 4;

    public static readonly Wanted Nothing = new([], [], [], []);

    public static Wanted Of(string? country, string? town, string? sector, IEnumerable<string?> products, params ReadOnlySpan<string?> written) => new(
        Territories.WordsOf(country, town), Accounts.Published.Industries.WordsOf(sector), SpokenLanguages.WordsOf(country),
        [.. products.OfType<string>().Select(p => Text.Fold(p)).Concat(Runs(Text.Fold(written))).Where(w => w.Length > 1).Distinct()]);

    private static IEnumerable<string> Runs(string folded)
    {
        // A full stop ends a sentence, but stands within a name.
        var words = folded.Split([' ', '\t', '\r', '\n', ',', ';', ':', '!', '?', '(', ')', '“', '”', '"', '/', '–', '—'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', '\'', '’', '-')).Where(w => w.Length > 0).Take(MostWords).ToArray();
        for (var from = 0; from < words.Length; from++)
            for (var length = 1; length <= LongestRun && from + length <= words.Length; length++) yield return string.Join(' ', words[from..(from + length)]);
    }
}

/// <summary>What of a partner's own words fits a piece of business: pure.</summary>
internal sealed record Fit
{
    private Fit()
    {
    }

    /// <summary>The declared territory in which the customer lies.</summary>
    public string? Territory { get; private init; }

    /// <summary>The declared industry that is the customer's.</summary>
    public string? Industry { get; private init; }

    /// <summary>A declared language of the customer's country.</summary>
    public string? Language { get; private init; }

    /// <summary>Declared competencies and technologies that are asked for.</summary>
    public IReadOnlyList<string> Expertise { get; private init; } = [];

    /// <summary>Whether the partner has declared territories at all.</summary>
    public bool NamesTerritories { get; private init; }

    public bool IsAny => Territory is not null || Industry is not null || Expertise.Count > 0;

    public static Fit Of(Wanted wanted, IReadOnlyList<Declared> declared) => new()
    {
        Territory = First(TraitKind.Territory, wanted.Places, declared),
        Industry = First(TraitKind.Vertical, wanted.Industries, declared),
        Language = First(TraitKind.Language, wanted.Languages, declared),
        Expertise = [.. declared.Where(d => d.Kind is TraitKind.Competency or TraitKind.Technology && wanted.Expertise.Contains(d.Key)).DistinctBy(d => d.Key).OrderBy(d => d.Kind).ThenBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Label)],
        NamesTerritories = declared.Any(d => d.Kind == TraitKind.Territory),
    };

    /// <summary>What speaks for the partner, each with its points and said in words.</summary>
    public IEnumerable<(int Points, string Why)> Reasons()
    {
        if (Territory is { } place) yield return (30, T($"It works in this territory: {place}."));
        if (Expertise.Count > 0) yield return (20, T($"It knows what is needed: {string.Join(", ", Expertise.Take(3))}."));
        if (Industry is { } industry) yield return (15, T($"It knows the customer’s industry: {industry}."));
        if (Language is { } language) yield return (8, T($"It speaks the customer’s language: {language}."));
    }

    // The words of a place go from the narrow to the wide, and so do the reasons.
    private static string? First(TraitKind kind, IReadOnlyList<string> words, IReadOnlyList<Declared> declared) =>
        words.SelectMany(w => declared.Where(d => d.Kind == kind && d.Key == w)).Select(d => d.Label).FirstOrDefault();
}
