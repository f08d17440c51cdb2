using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Trellis.Whole.Tests;

/// <summary>The public API as it is committed, and what every route of it must tell.</summary>
[Trait("Category", "Shape")]
public sealed class ApiDocumentTests
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_served_description_is_the_committed_one() =>
        Repository.ShouldHold("docs/openapi.v1.json", (await ServedAsync()).ToJsonString(Written) + "\n");

    [Fact]
    public async Task Every_route_tells_its_purpose_its_group_its_name_and_its_refusals()
    {
        var operations = Operations(await ServedAsync()).ToList();
        operations.ShouldNotBeEmpty();
        operations.SelectMany(o => Faults(o.Route, o.Operation)).ShouldBeEmpty();
        operations.GroupBy(o => (string?)o.Operation["operationId"]).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty("two routes with one name");
    }

    [Fact]
    public void A_route_that_tells_nothing_is_found() =>
        Faults("GET /x", new JsonObject { ["responses"] = new JsonObject { ["200"] = new JsonObject() } })
            .ShouldBe(["GET /x: no summary", "GET /x: no operationId", "GET /x: no tag", "GET /x: no documented problem"]);

    [Fact]
    public async Task No_two_records_of_requests_and_answers_share_a_name()
    {
        var app = await TestApp.SharedAsync(Database.Sqlite);
        var names = app.Services.GetRequiredService<IOptionsMonitor<OpenApiOptions>>().Get("v1").CreateSchemaReferenceId;
        var types = new HashSet<Type>();
        foreach (var metadata in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(e => e.Metadata))
            foreach (var type in metadata.OfType<IAcceptsMetadata>().Select(a => a.RequestType).Concat(metadata.OfType<IProducesResponseTypeMetadata>().Select(p => p.Type)).OfType<Type>()) Walk(type, types);
        types.Count.ShouldBeGreaterThan(300);
        var json = new JsonSerializerOptions(Json.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Doubles(types.Select(t => (t, names(json.GetTypeInfo(t))))).ShouldBeEmpty();
    }

    [Fact]
    public void Two_records_of_one_name_are_found() =>
        Doubles([(typeof(string), "MergeInput"), (typeof(int), "MergeInput"), (typeof(long), "Other"), (typeof(bool), null)]).ShouldBe(["MergeInput: System.Int32, System.String"]);

    private static IEnumerable<string> Doubles(IEnumerable<(Type Type, string? Name)> types) =>
        types.Where(t => t.Name is not null).GroupBy(t => t.Name!).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(t => t.Type.FullName).Order(StringComparer.Ordinal))}");

    // Records and enumerations of ours that a body is made of; identifiers are texts, whatever they name.
    private static void Walk(Type type, HashSet<Type> met)
    {
        foreach (var inner in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()) Walk(inner, met);
        if (type.IsGenericType || type.Namespace?.StartsWith("Trellis", StringComparison.Ordinal) != true || typeof(ITypedId).IsAssignableFrom(type) || !met.Add(type) || type.IsEnum) return;
        foreach (var property in type.GetProperties().Where(p => p.GetIndexParameters().Length == 0)) Walk(property.PropertyType, met);
    }

    private static async Task<JsonNode> ServedAsync()
    {
        var app = await TestApp.SharedAsync(Database.Sqlite);
        using var http = new HttpClient { BaseAddress = new Uri(app.Address) };
        return JsonNode.Parse(await http.GetStringAsync("/api/openapi/v1.json"))!;
    }

    private static IEnumerable<(string Route, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Value is JsonObject
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value);

    private static IEnumerable<string> Faults(string route, JsonNode operation)
    {
        if (string.IsNullOrWhiteSpace((string?)operation["summary"])) yield return $"{route}: no summary";
        if (string.IsNullOrWhiteSpace((string?)operation["operationId"])) yield return $"{route}: no operationId";
        if (operation["tags"] is not JsonArray { Count: > 0 }) yield return $"{route}: no tag";
        if (!operation["responses"]!.AsObject().Any(r => r.Key.StartsWith('4'))) yield return $"{route}: no documented problem";
    }
}
