using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Trellis.Compute.Matching;

namespace Trellis.Scale.Bench;

/// <summary>Imports a file of accounts over the API: upload, dry run, apply.</summary>
internal sealed class ImportBench(Caller staff, List<Figure> figures)
{
    public async Task RunAsync(int rows)
    {
        // A kept tenant has the accounts of the runs before.
        var run = (int)(DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        var csv = new StringBuilder("id,name,website,country,employees\n");
        var names = CompanySpellings.List(rows, run);
        for (var i = 0; i < rows; i++) csv.Append(CultureInfo.InvariantCulture, $"IMP-{run}-{i},\"{names[i].Name!.Replace("\"", "", StringComparison.Ordinal)}\",imported{run}-{i}.example,{names[i].Country},{10 + (i % 900)}\n");
        var watch = Stopwatch.StartNew();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv.ToString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var id = (await staff.SendAsync(HttpMethod.Post, "/api/v1/imports?kind=accounts&name=accounts.csv", content))["id"]!.GetValue<string>();
        var uploaded = watch.Elapsed;
        await staff.SendAsync(HttpMethod.Post, $"/api/v1/imports/{id}/dry-run", null);
        await UntilAsync(id, "checked");
        var tried = watch.Elapsed;
        await staff.SendAsync(HttpMethod.Post, $"/api/v1/imports/{id}/apply", null);
        var counts = await UntilAsync(id, "applied");
        var applied = watch.Elapsed;
        var figure = Figure.One($"import of {rows:N0} accounts: rows a second, writing", rows / (applied - tried).TotalSeconds, "/s", 20_000, atLeast: true,
            note: string.Create(CultureInfo.InvariantCulture, $"upload {uploaded.TotalSeconds:0.0} s, dry run {(tried - uploaded).TotalSeconds:0.0} s, writing {(applied - tried).TotalSeconds:0.0} s; {counts}"));
        figures.Add(figure);
        Console.WriteLine(figure.Row);
    }

    private async Task<string> UntilAsync(string id, params string[] states)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(5))
        {
            var import = await staff.ReadAsync($"/api/v1/imports/{id}");
            var state = import["state"]!.GetValue<string>();
            if (states.Contains(state)) return import["counts"]!.ToJsonString();
            if (state is "failed" or "stopped") throw new InvalidOperationException($"The import is {state}: {import.ToJsonString()}");
            await Task.Delay(20);
        }

        throw new TimeoutException("The import did not end within five minutes.");
    }
}
