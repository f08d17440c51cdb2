using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trellis.Whole.Tests.Abuse;

/// <summary>A filter of the API that names what is not there never shows everything, as if nothing had been asked.</summary>
public abstract class FilterTests(Database database)
{
    // Parameters whose values are words or identifiers of the program; the others are searched for as they are.
    private static readonly string[] Chosen =
        ["state", "kind", "view", "stage", "partner", "product", "account", "role", "consent", "outcome", "effect", "tier", "type", "motion", "motionState", "motionTier", "manager", "segment", "model", "person", "side", "gap", "record", "deal", "from", "to", "clock", "measure", "window"];

    [SkippableFact]
    public async Task A_filter_by_what_nothing_knows_is_refused_or_finds_nothing()
    {
        var cast = await Cast.OnAsync(database);
        var api = cast.Administrator.Api;
        var document = JsonNode.Parse(await api.GetStringAsync("/api/openapi/v1.json"))!;
        var (tried, faults) = (0, new List<string>());
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            if (path.Contains('{') || operations!["get"]?["parameters"] is not JsonArray parameters) continue;
            var whole = await api.GetAsync(path);
            if (!whole.IsSuccessStatusCode || Rows(await whole.Content.ReadAsStringAsync()) == 0) continue;
            foreach (var name in parameters.Where(p => (string?)p!["in"] == "query").Select(p => (string)p!["name"]!).Where(n => Chosen.Contains(n, StringComparer.OrdinalIgnoreCase)))
                foreach (var value in new[] { "zz_nonsense", "par_zz", "7" })
                {
                    tried++;
                    var answer = await api.GetAsync($"{path}?{name}={value}");
                    var text = await answer.Content.ReadAsStringAsync();
                    if ((int)answer.StatusCode >= 500 || (answer.IsSuccessStatusCode && Rows(text) > 0)) faults.Add($"{path}?{name}={value} answers {(int)answer.StatusCode} with {Rows(text)} rows");
                    else if ((int)answer.StatusCode == 422 && !text.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase)) faults.Add($"{path}?{name}={value} does not say what is wrong: {text}");
                }
        }

        tried.ShouldBeGreaterThan(50);
        faults.ShouldBeEmpty();
    }

    private static int Rows(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array) return root.GetArrayLength();
        return root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array).Sum(p => p.Value.GetArrayLength()) : 0;
    }
}

[Collection(Cast.WatchedOnSqlite)]
public sealed class FilterOnSqliteTests() : FilterTests(Database.Sqlite);

[Collection(Cast.WatchedOnPostgres)]
public sealed class FilterOnPostgresTests() : FilterTests(Database.Postgres);
