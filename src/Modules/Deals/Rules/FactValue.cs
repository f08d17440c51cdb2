using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trellis.Deals.Rules;

internal enum FactType
{
    Number,
    Text,
    Boolean,
    Date,
}

/// <summary>A typed value of a fact or of a literal in a table. Unknown has no type and is stored as null.</summary>
[JsonConverter(typeof(FactValueJson))]
internal readonly record struct FactValue
{
    private readonly object? _value;

    private FactValue(object? value) => _value = value;

    public static readonly FactValue Unknown = new(null);

    public static FactValue Of(decimal? number) => new(number);

    public static FactValue Of(string? text) => new(text);

    public static FactValue Of(bool? truth) => new(truth);

    public static FactValue Of(DateOnly? day) => new(day);

    public bool IsUnknown => _value is null;

    public FactType? Type => _value switch
    {
        decimal => FactType.Number,
        string => FactType.Text,
        bool => FactType.Boolean,
        DateOnly => FactType.Date,
        _ => null,
    };

    public bool IsTrue => _value is true;

    public decimal? Number => _value as decimal?;

    public string? Text => _value as string;

    public DateOnly? Day => _value as DateOnly?;

    /// <summary>Order of two values of the same ordered type; null where there is none.</summary>
    public int? CompareTo(FactValue other) => (_value, other._value) switch
    {
        (decimal a, decimal b) => a.CompareTo(b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        _ => null,
    };

    /// <summary>As a literal of S-FEEL.</summary>
    public override string ToString() => _value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        decimal number => number.ToString("0.#############################", CultureInfo.InvariantCulture),
        DateOnly day => $"date(\"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\")",
        string text => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        _ => "null",
    };
}

/// <summary>Facts as plain JSON: numbers, strings, booleans, null; a date as the string of its literal.</summary>
internal sealed class FactValueJson : JsonConverter<FactValue>
{
    public override bool HandleNull => true;

    public override FactValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => FactValue.Unknown,
        JsonTokenType.True => FactValue.Of(true),
        JsonTokenType.False => FactValue.Of(false),
        JsonTokenType.Number => FactValue.Of(reader.GetDecimal()),
        JsonTokenType.String => FromText(reader.GetString()!),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, FactValue value, JsonSerializerOptions options)
    {
        if (value.IsUnknown) writer.WriteNullValue();
        else if (value.Number is { } number) writer.WriteNumberValue(number);
        else if (value.Type == FactType.Boolean) writer.WriteBooleanValue(value.IsTrue);
        else writer.WriteStringValue(value.Day is null ? value.Text : value.ToString());
    }

    public static FactValue FromText(string text) =>
        text.StartsWith("date(\"", StringComparison.Ordinal) && text.EndsWith("\")", StringComparison.Ordinal)
            && DateOnly.TryParseExact(text.AsSpan(6, text.Length - 8), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? FactValue.Of(day)
            : FactValue.Of(text);
}
