using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>
/// Names of the records that the API takes and gives. Two modules may call different records alike; in the description one of them would stand for both, so each carries its module's name there.
/// </summary>
internal sealed class SchemaNames(EndpointDataSource endpoints)
{
    private readonly Lazy<HashSet<string>> _shared = new(() => Shared(endpoints));

    public string? Of(JsonTypeInfo info) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(info) is not { } name ? null : Parts(info.Type).Any(t => _shared.Value.Contains(Plain(t))) ? Name(info.Type) : name;

    private string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner);
        var plain = _shared.Value.Contains(Plain(type)) ? type.Assembly.GetName().Name!.Split('.')[^1] + Plain(type) : Plain(type);
        return type.IsGenericType ? $"{plain}Of{string.Join("And", type.GetGenericArguments().Select(Name))}" : plain;
    }

    private static HashSet<string> Shared(EndpointDataSource endpoints)
    {
        var met = new HashSet<Type>();
        foreach (var metadata in endpoints.Endpoints.Select(e => e.Metadata))
        {
            foreach (var type in metadata.OfType<IAcceptsMetadata>().Select(a => a.RequestType).Concat(metadata.OfType<IProducesResponseTypeMetadata>().Select(p => p.Type)).OfType<Type>()) Walk(type, met);
        }

        return [.. met.Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t).Distinct().GroupBy(Plain).Where(g => g.Count() > 1).Select(g => g.Key)];
    }

    // Everything of ours that a body is made of; identifiers are texts, whatever they name.
    private static void Walk(Type type, HashSet<Type> met)
    {
        foreach (var part in Parts(type).Where(t => t.Namespace?.StartsWith("Trellis", StringComparison.Ordinal) == true && !typeof(ITypedId).IsAssignableFrom(t)))
        {
            if (!met.Add(part) || part.IsEnum) continue;
            foreach (var property in part.GetProperties().Where(p => p.GetIndexParameters().Length == 0)) Walk(property.PropertyType, met);
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsArray ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

    private static string Plain(Type type) => type.Name.Split('`')[0];
}
