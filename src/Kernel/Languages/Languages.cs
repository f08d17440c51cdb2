using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Trellis.Kernel;

/// <summary>A language that people may read Trellis in.</summary>
/// <param name="Code">The two letters of ISO 639-1.</param>
/// <param name="Name">What its speakers call it.</param>
/// <param name="Culture">How dates, numbers and amounts are written.</param>
/// <param name="Words">Its words, read when somebody first reads in it; null for English, which the program is written in.</param>
public sealed record Language(string Code, string Name, CultureInfo Culture, Lazy<Catalogue>? Words)
{
    /// <summary>Its words; null for English.</summary>
    public Catalogue? Catalogue => Words?.Value;

    /// <summary>Whether lines run from right to left.</summary>
    public bool IsRightToLeft => Culture.TextInfo.IsRightToLeft;
}

/// <summary>All languages of this program, and the one of the moment.</summary>
public static class Languages
{
    /// <summary>The language that the program is written in and that stands in for whatever is missing.</summary>
    public const string English = "en";

    /// <summary>The language of tests.</summary>
    public const string Pseudo = "qps";

    private static readonly Lock Gate = new();
    private static Language[] _all = [new(English, "English", Culture("en"), null)];

    [ThreadStatic]
    private static (CultureInfo Culture, Language Language) _found;

    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<Language> All => _all;

    /// <summary>Says which assemblies carry catalogues. Done once at the start; again it changes nothing.</summary>
    public static void Load(IReadOnlyList<Assembly> assemblies, bool pseudo = false)
    {
        lock (Gate)
        {
            if (_all.Length == 1)
                _all = [_all[0], new("de", "Deutsch", Culture("de"), new(() => Catalogue.Of("de", assemblies))), new("ar", "العربية", Arabic(), new(() => Catalogue.Of("ar", assemblies)))];
            if (pseudo && Find(Pseudo) is null) _all = [.. _all, new(Pseudo, "⟦Pseudo⟧", Culture("en-001"), new(Catalogue.Pseudo))];
        }
    }

    /// <summary>The language with this code, also from a longer name such as <c>de-AT</c>; null where there is none.</summary>
    public static Language? Find(string? code) =>
        code is null ? null : Array.Find(_all, l => l.Code == code) ?? Array.Find(_all, l => code.StartsWith(l.Code + "-", StringComparison.OrdinalIgnoreCase));

    /// <summary>The language of the request, delivery or job that runs; null where none was chosen, which reads as English.</summary>
    public static Language? Current
    {
        get
        {
            var culture = CultureInfo.CurrentUICulture;
            if (ReferenceEquals(_found.Culture, culture)) return _found.Language;
            var language = Array.Find(_all, l => ReferenceEquals(l.Culture, culture));
            if (language is not null) _found = (culture, language);
            return language;
        }
    }

    /// <summary>From here on, in this request, delivery or job, people are spoken to in this language.</summary>
    public static void Speak(Language language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language.Culture;

    /// <summary>Speaks a language until the scope ends: for a mail to somebody else. Unknown codes are English.</summary>
    public static IDisposable Speaking(string? code)
    {
        var scope = new Scope(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        Speak(Find(code) ?? _all[0]);
        return scope;
    }

    /// <summary>How a culture writes a day with its month in letters: <c>21 Nov 2026</c>, <c>Nov 21, 2026</c>, <c>21. Nov. 2026</c>.</summary>
    public static string DayPattern(CultureInfo culture) =>
        culture.DateTimeFormat.MonthDayPattern.StartsWith('M') ? "MMM d, yyyy" : culture.TwoLetterISOLanguageName == "de" ? "d. MMM yyyy" : "d MMM yyyy";

    private static CultureInfo Culture(string name) => CultureInfo.GetCultureInfo(name);

    // As the field writes Arabic: the digits 0 to 9, the calendar of business, a plain minus.
    private static CultureInfo Arabic()
    {
        var culture = new CultureInfo("ar");
        culture.NumberFormat = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        culture.DateTimeFormat.Calendar = new GregorianCalendar();
        return CultureInfo.ReadOnly(culture);
    }

    private sealed class Scope(CultureInfo culture, CultureInfo words) : IDisposable
    {
        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
    }
}

/// <summary>How pages and messages speak; in scope everywhere.</summary>
public static class Speech
{
    /// <summary>A text of the program in the language of the moment.</summary>
    [return: NotNullIfNotNull(nameof(words))]
    public static string? T(string? words) =>
        words is null || Languages.Current?.Catalogue is not { } catalogue ? words : catalogue.Find(words) ?? catalogue.Missing(words);

    /// <summary>A sentence with figures in the language of the moment.</summary>
    public static string T(Phrase phrase) => phrase.ToString();

    /// <summary>A counted thing: <c>T(3, "{0} deal", "{0} deals")</c>.</summary>
    public static string T(long number, string one, string other)
    {
        var language = Languages.Current;
        var words = language?.Catalogue is { } catalogue ? catalogue.Find(other, number) ?? catalogue.Missing(other) : number == 1 ? one : other;
        return words.Replace("{0}", number.ToString("N0", CultureInfo.CurrentCulture), StringComparison.Ordinal);
    }

    /// <summary>What a component was given: translated where it is a literal of the program, and left alone where it is data.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Known(string? text) => text is null || Languages.Current?.Catalogue is not { } catalogue ? text : catalogue.Known(text);

    /// <summary>A text that the program has written earlier, in the language of the moment.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Retell(string? text) => text is null || Languages.Current is not { Catalogue: { } catalogue } language ? text : catalogue.Retell(text, language.Culture);
}
