using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Trellis.Kernel;

/// <summary>
/// A sentence with its figures kept apart: <c>$"{name} decides."</c> becomes the key <c>{0} decides.</c> and one value, so that it can be said in any
/// language, with numbers and dates as that language writes them.
/// </summary>
[InterpolatedStringHandler]
public sealed class Phrase
{
    private readonly StringBuilder _key;
    private readonly List<(object? Value, string? Format)> _values;

    public Phrase(int literalLength, int formattedCount) => (_key, _values) = (new StringBuilder(literalLength + 3 * formattedCount), new(formattedCount));

    /// <summary>The English words with <c>{0}</c> where a value stands; what catalogues are looked up by.</summary>
    public string Key => _key.ToString();

    public void AppendLiteral(string text) => _key.Append(text);

    public void AppendFormatted(string? value) => Add(value, null);

    public void AppendFormatted(object? value) => Add(value, null);

    public void AppendFormatted<T>(T value) => Add(value, null);

    public void AppendFormatted<T>(T value, string? format) => Add(value, format);

    /// <summary>A text without figures.</summary>
    public static implicit operator Phrase(string words)
    {
        var phrase = new Phrase(words.Length, 0);
        phrase._key.Append(words);
        return phrase;
    }

    /// <summary>The sentence in a language; null is English as it was written.</summary>
    public string In(Language? language)
    {
        var key = Key;
        if (language?.Catalogue is not { } catalogue) return _values.Count == 0 ? key : Fill(key, language);
        return catalogue.Find(key, Number) is { } found ? Fill(found, language) : Fill(catalogue.Missing(key), language);
    }

    /// <summary>In the language of the moment.</summary>
    public override string ToString() => In(Languages.Current);

    /// <summary>The first figure, which chooses between the forms of a plural.</summary>
    private decimal? Number => _values.Select(v => v.Value switch
    {
        int n => n,
        long n => n,
        decimal n => n,
        _ => (decimal?)null,
    }).FirstOrDefault(n => n is not null);

    private void Add(object? value, string? format)
    {
        _key.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add((value, format));
    }

    private string Fill(string template, Language? language)
    {
        if (_values.Count == 0) return template;
        var text = new StringBuilder(template.Length + 16 * _values.Count);
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (end > 0 && int.TryParse(template.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _values.Count)
            {
                text.Append(Shown(_values[index], language));
                i = end;
            }
            else text.Append(template[i]);
        }

        return text.ToString();
    }

    private static string Shown((object? Value, string? Format) part, Language? language) => part.Value switch
    {
        null => "",
        Phrase inner => inner.In(language),
        // What is itself a word of the program is said in the same language; what people have typed stays.
        string words => language?.Catalogue?.Known(words) is { } known ? ReferenceEquals(known, words) ? Direction.Apart(words, language) : known : words,
        IFormattable figure => figure.ToString(part.Format, language?.Culture ?? CultureInfo.CurrentCulture),
        _ => part.Value.ToString() ?? "",
    };
}
