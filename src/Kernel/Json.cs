using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>For what comes in over HTTP: a member that nothing reads is refused, since a misspelt one would silently mean its default.</summary>
    public static JsonSerializerOptions ConfigureWeb(JsonSerializerOptions options)
    {
        Configure(options).UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }

    /// <summary>A text as it stands inside a JSON string, without the quotes.</summary>
    public static string Encoded(string text) => JsonSerializer.Serialize(text, Options)[1..^1];
}
