using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Trellis.Kernel;

/// <summary>The one way in which Trellis writes JSON: camelCase fields, snake_case enum members, identifiers as text.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new TypedIdJson());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        return options;
    }

    /// <summary>
    /// For what others send: a list with a null in it is refused as broken JSON, so that no use case meets one, and so is a member that nothing reads, since a misspelt one would silently mean its default.
    /// </summary>
    public static JsonSerializerOptions ConfigureWeb(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
        {
            if (type.Kind == JsonTypeInfoKind.Enumerable && type.ElementType is { IsValueType: false }) type.OnDeserialized = RefuseNulls;
        });
        Configure(options).UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }

    private static void RefuseNulls(object list)
    {
        if (((IEnumerable)list).Cast<object?>().Any(e => e is null)) throw new JsonException("A list may not contain null.");
    }

    /// <summary>A text as it stands inside a JSON string, without the quotes.</summary>
    public static string Encoded(string text) => JsonSerializer.Serialize(text, Options)[1..^1];
}
