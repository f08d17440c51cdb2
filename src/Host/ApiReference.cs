using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Trellis.Host;

/// <summary>A line of the reference: a parameter, a field or an answer.</summary>
internal sealed record ReferenceLine(string Name, string Type, string In = "");

/// <summary>An operation of the API as the reference shows it.</summary>
internal sealed record ReferenceOperation(
    string Id, string Method, string Path, string Summary, IReadOnlyList<ReferenceLine> Parameters, IReadOnlyList<ReferenceLine> Body, IReadOnlyList<ReferenceLine> Answers);

/// <summary>The operations of one part of the API.</summary>
internal sealed record ReferenceTag(string Name, IReadOnlyList<ReferenceOperation> Operations);

/// <summary>The API's description turned into what the reference page shows; made once.</summary>
internal sealed class ApiReference([FromKeyedServices("v1")] IOpenApiDocumentProvider provider)
{
    private static IReadOnlyList<ReferenceTag>? _made;

    public IReadOnlyList<ReferenceTag> Tags => _made ?? [];

    public async Task LoadAsync()
    {
        if (_made is not null) return;
        var document = await provider.GetOpenApiDocumentAsync();
        var operations = from path in document.Paths
                         from operation in path.Value.Operations ?? []
                         select (Tag: operation.Value.Tags?.FirstOrDefault()?.Name ?? "Other", Operation: Read(path.Key, operation.Key.Method, operation.Value));
        _made = [.. operations.GroupBy(o => o.Tag).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ReferenceTag(g.Key, [.. g.Select(o => o.Operation)]))];
    }

    private static ReferenceOperation Read(string path, string method, OpenApiOperation operation) => new(
        operation.OperationId ?? path, method.ToUpperInvariant(), path, operation.Summary ?? "",
        [.. (operation.Parameters ?? []).Select(p => new ReferenceLine(p.Name ?? "", TypeOf(p.Schema), p.In?.ToString().ToLowerInvariant() ?? ""))],
        [.. Fields(operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema)],
        [.. (operation.Responses ?? []).Select(r => new ReferenceLine(r.Key, r.Value.Content?.Values.FirstOrDefault()?.Schema is { } schema ? TypeOf(schema) : r.Value.Description ?? ""))]);

    private static IEnumerable<ReferenceLine> Fields(IOpenApiSchema? schema) =>
        (schema?.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(p => new ReferenceLine(p.Key, TypeOf(p.Value)));

    private static string TypeOf(IOpenApiSchema? schema) => schema switch
    {
        null => "",
        OpenApiSchemaReference reference => reference.Reference.Id ?? "object",
        { Enum: { Count: > 0 } values } => string.Join(" | ", values.Select(v => v is JsonNode node ? node.ToString() : "null")),
        { Items: { } items } => $"list of {TypeOf(items)}",
        { Type: { } type } => (type & ~JsonSchemaType.Null).ToString().ToLowerInvariant() + (schema.Format is { } format ? $" ({format})" : ""),
        _ => "any",
    };
}
