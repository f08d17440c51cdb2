using System.Globalization;

namespace Trellis.Kernel;

/// <summary>Pure: what may stand in a custom field, and how it is compared.</summary>
public static class FieldRules
{
    /// <summary>The longest text.</summary>
    public const int LongestText = 1000;

    // Room for the largest number with six digits behind the point; negative ones are turned round, so that text order is number order.
    private const decimal Largest = 1_000_000_000_000_000m;
    private const decimal Offset = Largest * 1_000_000m;

    /// <summary>What was typed, as it is kept; nothing where nothing was typed.</summary>
    public static Result<IReadOnlyList<FieldText>> Read(CustomField field, string? typed)
    {
        var text = Text.OrNull(typed);
        if (text is null) return Nothing;
        if (!Text.IsClean(text)) return Wrong(field, $"{field.Label} contains characters that cannot be stored.");
        return field.Kind switch
        {
            FieldKind.Text => text.Length <= LongestText ? One(text, Short(Text.Fold(text))) : Wrong(field, $"{field.Label} may have at most {LongestText} characters."),
            FieldKind.Number => Number(text) is { } number ? One(number.ToString("0.######", CultureInfo.InvariantCulture), NumberKey(number)) : Wrong(field, $"“{Cut(text)}” is no number. Write it like 12 or 12.5."),
            FieldKind.Date => Day(text) is { } day ? One(day, day) : Wrong(field, $"“{Cut(text)}” is no date. Write it like 2026-12-31."),
            FieldKind.YesNo => YesNo(text) is { } yes ? One(yes, yes) : Wrong(field, $"“{Cut(text)}” is neither yes nor no."),
            FieldKind.Link => Link(text) is { } link ? One(link, Short(Text.Fold(link))) : Wrong(field, $"“{Cut(text)}” is no address. Write it like https://example.com/page."),
            FieldKind.Choice => Choose(field, [text]),
            _ => Choose(field, text.Split(['\n', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        };
    }

    /// <summary>Several values in one cell of a file or a form.</summary>
    public static string Join(IEnumerable<string> texts) => string.Join("; ", texts);

    /// <summary>The key of a value that a filter asks for, or null where the field cannot hold it.</summary>
    public static string? KeyOf(CustomField field, string? asked) => Read(field, asked) is { Ok: true } read && read.Value is [var first, ..] ? first.Key : null;

    /// <summary>How the keys of texts or links begin that begin as asked; null where the field holds neither.</summary>
    public static string? BeginOf(CustomField field, string asked) => field.Kind switch
    {
        FieldKind.Text => Short(Text.Fold(asked)),
        FieldKind.Link => Short(Text.Fold(asked.Contains("://", StringComparison.Ordinal) ? asked : $"https://{asked}")),
        _ => null,
    };

    /// <summary>A number as text of one length, in the order of numbers.</summary>
    public static string NumberKey(decimal number) => ((decimal.Round(number, 6) * 1_000_000m) + Offset).ToString("0000000000000000000000", CultureInfo.InvariantCulture);

    private static Result<IReadOnlyList<FieldText>> Choose(CustomField field, string[] typed)
    {
        var chosen = new List<FieldText>();
        foreach (var one in typed)
        {
            var known = field.Options.FirstOrDefault(o => Text.Fold(o) == Text.Fold(one));
            if (known is null) return Wrong(field, $"“{Cut(one)}” is no choice of {field.Label}.");
            if (!chosen.Any(c => c.Text == known)) chosen.Add(new FieldText(known, Short(Text.Fold(known))));
        }

        return chosen;
    }

    private static decimal? Number(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal);
        // 12,5 is a half; 1,234.5 is read as it is written; what could be either is taken as a fraction only when it stands alone.
        if (plain.Count(c => c == ',') == 1 && !plain.Contains('.', StringComparison.Ordinal)) plain = plain.Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < Largest && decimal.Round(number, 6) == number ? number : null;
    }

    private static string? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static string? YesNo(string text) => Text.Fold(text) switch { "yes" or "true" or "1" or "y" => "yes", "no" or "false" or "0" or "n" => "no", _ => null };

    private static string? Link(string text) =>
        text.Length <= 500 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : null;

    // Half of a pair of surrogates is stored nowhere.
    private static string Short(string key) =>
        key.Length <= FieldValue<PartnerId>.LongestKey ? key : key[..(char.IsHighSurrogate(key[FieldValue<PartnerId>.LongestKey - 1]) ? FieldValue<PartnerId>.LongestKey - 1 : FieldValue<PartnerId>.LongestKey)];

    private static string Cut(string text) => Text.Storable(text, 40);

    private static readonly Result<IReadOnlyList<FieldText>> Nothing = Array.Empty<FieldText>();

    private static Result<IReadOnlyList<FieldText>> One(string text, string key) => new[] { new FieldText(text, key) };

    private static Problem Wrong(CustomField field, string message) => Problem.Invalid(field.Key, message);
}
