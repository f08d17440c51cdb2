namespace Trellis.Compute.Matching;

/// <summary>A company name without what does not tell companies apart.</summary>
/// <param name="Core">The name proper, folded to lower-case Latin, in the written order: "koninklijke philips".</param>
/// <param name="Key">The words of <paramref name="Core"/> sorted; equal for names that differ only in order, case, accents, punctuation, legal form or decoration.</param>
/// <param name="LegalForm">Canonical legal form ("gmbh", "sa", "plc" …), or "" when none was written.</param>
/// <param name="Words">The words of <paramref name="Core"/>.</param>
/// <param name="DecorationsDropped">How many words were taken off as share class, nominal value and the like.</param>
public sealed record NormalName(string Core, string Key, string LegalForm, IReadOnlyList<string> Words, int DecorationsDropped)
{
    /// <summary>No readable word at all.</summary>
    public bool IsEmpty => Words.Count == 0;
}

/// <summary>Normalisation of company names: legal forms of many countries, exchange-style decorations, transliteration, sorted words.</summary>
public static class CompanyName
{
    [ThreadStatic] private static NameParser? _parser;

    /// <summary>Normalises one name. Never fails: a null or unreadable name gives an empty result.</summary>
    /// <example>"IRADIMED CORP.  DL-,0001" → core "iradimed", form "corp"; "Łódzka Fabryka Sp. z o.o." → "lodzka fabryka", form "zoo".</example>
    public static NormalName Normalise(string? name)
    {
        var parser = _parser ??= new NameParser();
        parser.Parse(name);
        var words = new string[parser.Count];
        for (var i = 0; i < words.Length; i++) words[i] = parser.Word(i).ToString();
        var sorted = (string[])words.Clone();
        Array.Sort(sorted, StringComparer.Ordinal);
        return new NormalName(string.Join(' ', words), string.Join(' ', sorted), parser.LegalForm, words, parser.Dropped);
    }
}
