using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

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
