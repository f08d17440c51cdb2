using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Trellis.Accounts.Imports;

namespace Trellis.Accounts.Tests;

/// <summary>Imports as a program does it, over the API.</summary>
internal sealed class Importing(TestApp app, HttpClient api)
{
    public Task DrainAsync() => app.DrainAsync();

    public async Task<JsonElement> UploadAsync(byte[] content, string name = "file.csv", string? kind = null)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new("text/csv");
        return await JsonAsync(await api.PostAsync($"/api/v1/imports?name={name}&kind={kind}", body));
    }

    public Task<JsonElement> UploadAsync(string text, string name = "file.csv", string? kind = null) => UploadAsync(Encoding.UTF8.GetBytes(text), name, kind);

    /// <summary>Upload, dry run, apply; returns the import at its end.</summary>
    public async Task<JsonElement> ImportAsync(byte[] content, string name = "file.csv", string? kind = null)
    {
        var import = await UploadAsync(content, name, kind);
        var id = import.GetProperty("id").GetString()!;
        await DryRunAsync(id);
        return await ApplyAsync(id);
    }

    public Task<JsonElement> ImportAsync(string text, string name = "file.csv", string? kind = null) => ImportAsync(Encoding.UTF8.GetBytes(text), name, kind);

    public Task<JsonElement> DryRunAsync(string id) => RunAsync(id, "dry-run");

    public Task<JsonElement> ApplyAsync(string id) => RunAsync(id, "apply");

    public Task<JsonElement> TakeBackAsync(string id) => RunAsync(id, "take-back");

    public async Task<JsonElement> GetAsync(string path) => await JsonAsync(await api.GetAsync("/api/v1" + path));

    public async Task<JsonElement[]> FindingsAsync(JsonElement import, string kind) =>
        [.. (await GetAsync($"/imports/{import.GetProperty("id").GetString()}/findings")).EnumerateArray().Where(f => f.GetProperty("kind").GetString() == kind)];

    public async Task<JsonElement> MapAsync(string id, object mapping) => await JsonAsync(await api.PutAsJsonAsync($"/api/v1/imports/{id}/mapping", mapping));

    private async Task<JsonElement> RunAsync(string id, string step)
    {
        var started = await api.PostAsync($"/api/v1/imports/{id}/{step}", null);
        ((int)started.StatusCode).ShouldBe(202, await started.Content.ReadAsStringAsync());
        return await EndAsync(id);
    }

    /// <summary>The import when its run is over: another class may be draining the shared host and hold this job just now.</summary>
    public async Task<JsonElement> EndAsync(string id)
    {
        while (true)
        {
            await app.DrainAsync();
            var import = await GetAsync($"/imports/{id}");
            if (import.State() is not ("checking" or "applying" or "taking_back")) return import;
            // A run that ended by a fault would be waited for without end.
            if (import.GetProperty("job") is { ValueKind: JsonValueKind.Object } job) job.Text("state").ShouldNotBe("failed", job.ToString());
            await Task.Delay(50);
        }
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}

internal static class ImportJson
{
    public static (int Created, int Updated, int Unchanged, int Refused, int Mended) Counts(this JsonElement import)
    {
        var c = import.GetProperty("counts");
        int Get(string name) => c.GetProperty(name).GetInt32();
        (Get("created") + Get("updated") + Get("unchanged") + Get("refused")).ShouldBe(import.GetProperty("rows").GetInt32(), "every row of the file has exactly one outcome");
        return (Get("created"), Get("updated"), Get("unchanged"), Get("refused"), Get("mended"));
    }

    public static string State(this JsonElement import) => import.GetProperty("state").GetString()!;

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).ToString();

    public static int Rows(this JsonElement finding) => finding.GetProperty("rows").GetInt32();
}
