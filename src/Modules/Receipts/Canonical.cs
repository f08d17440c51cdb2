using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Trellis.Receipts;

/// <summary>
/// One text for one value: JSON with sorted names, no blanks and whole numbers only, written as RFC 8785 asks. Whoever reads it can write
/// the same bytes again, in any language; a signature over it therefore means the value, not the way it was typed.
/// </summary>
internal static class Canonical
{
    private const long Exact = 9_007_199_254_740_991;
    private const int Deepest = 8;

    /// <summary>Writes text, whole numbers, truths, lists and objects; anything else is a bug of the caller.</summary>
    public static string Write(object value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>Reads JSON that is exactly as <see cref="Write(object)"/> writes it; null for any other text, were it but one blank.</summary>
    public static SortedDictionary<string, object>? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object && Value(document.RootElement) is SortedDictionary<string, object> read && Write(read) == text ? read : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A new empty object.</summary>
    public static SortedDictionary<string, object> Object() => new(StringComparer.Ordinal);

    private static object Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var number) ? number : throw new FormatException("Only whole numbers."),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Fields(element),
        _ => throw new FormatException("Nothing is not a value."),
    };

    private static SortedDictionary<string, object> Fields(JsonElement element)
    {
        var fields = Object();
        foreach (var property in element.EnumerateObject()) fields.Add(property.Name, Value(property.Value));
        return fields;
    }

    private static void Write(StringBuilder text, object value)
    {
        switch (value)
        {
            case string words:
                Quote(text, words);
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case long number when number is >= -Exact and <= Exact:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case int number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case SortedDictionary<string, object> fields:
                List(text, '{', '}', fields, field =>
                {
                    Quote(text, field.Key);
                    text.Append(':');
                    Write(text, field.Value);
                });
                break;
            case IReadOnlyList<object> items:
                List(text, '[', ']', items, item => Write(text, item));
                break;
            default:
                throw new FormatException($"A receipt cannot hold {value}.");
        }
    }

    private static void List<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(',');
            first = false;
            write(item);
        }

        text.Append(close);
    }

    // RFC 8785, 3.2.2.2: the two-character escapes where JSON has them, \u00xx for the other control characters, everything else as it is.
    private static void Quote(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (var c in words)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
