using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Collects what a row changes on a record, from and to, in words. A null on the new side means that nothing is said.</summary>
internal sealed class Changes
{
    private readonly List<string> _lines = [];

    public int Count => _lines.Count;

    public override string ToString() => string.Join("; ", _lines);

    public bool Text(string field, string? from, string? to) =>
        to is not null && !string.Equals(from, to, StringComparison.Ordinal) && Add(field, from, to);

    public bool Value<T>(string field, T? from, T? to) where T : struct =>
        to is { } value && !EqualityComparer<T?>.Default.Equals(from, to) && Add(field, Shown(from), Shown<T>(value));

    public bool Money(string field, long? from, string fromCurrency, long? to, string toCurrency) =>
        to is { } value && (from != to || fromCurrency != toCurrency)
        && Add(field, from is { } f ? Written(new Money(f, fromCurrency)) : null, Written(new Money(value, toCurrency)));

    /// <summary>A reference that is resolved, or kept as written. A written value never replaces a resolved one that a person has set.</summary>
    public bool Reference<T>(string field, T? from, string? fromWritten, T? to, string? toWritten) where T : struct =>
        to is { } id
            ? !EqualityComparer<T?>.Default.Equals(from, id) && Add(field, from?.ToString() ?? fromWritten, id.ToString())
            : toWritten is not null && from is null && fromWritten != toWritten && Add(field, fromWritten, toWritten);

    /// <summary>The same for a value of a known list.</summary>
    public bool Known(string field, string? from, string? fromWritten, string? to, string? toWritten) =>
        to is not null ? Text(field, from, to) : toWritten is not null && from is null && Text(field, fromWritten, toWritten);

    /// <summary>Changes that were written earlier, in the language of the moment: the fields, and what stands for nothing, yes and no.</summary>
    public static string Retold(string written) => string.Join("; ", written.Split("; ").Select(line =>
        line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var at && line.IndexOf(" → ", at, StringComparison.Ordinal) is > 0 and var arrow
            ? $"{Speech.Retell(line[..at])}: {Value(line[(at + 2)..arrow])} → {Value(line[(arrow + 3)..])}" : Speech.Retell(line)));

    private static string Value(string written) => written is "none" or "yes" or "no" ? Speech.T(written) : written;

    private bool Add(string field, string? from, string? to)
    {
        _lines.Add($"{field}: {from ?? "none"} → {to ?? "none"}");
        return true;
    }

    private static string? Shown<T>(T? value) where T : struct => value switch
    {
        null => null,
        bool yes => yes ? "yes" : "no",
        IFormattable f and not Enum => f.ToString(value is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture),
        _ => value.Value.ToString(),
    };

    private static string Written(Money money) => $"{money.Currency} {money.Major.ToString(CultureInfo.InvariantCulture)}";
}
