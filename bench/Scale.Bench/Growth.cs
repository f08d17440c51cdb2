using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trellis.Scale.Bench;

/// <summary>Makes one table and one plot of the runs in a folder.</summary>
internal static class Growth
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, WriteIndented = true };
    private static readonly string[] Colours = ["#2563eb", "#c2410c", "#15803d", "#7c3aed", "#be123c", "#0f766e"];

    public static Task KeepAsync(Measured measured, string folder) =>
        File.WriteAllTextAsync(Path.Combine(folder, $"{measured.Engine}-{measured.Accounts}.json"), JsonSerializer.Serialize(measured, Options));

    /// <summary>Writes <c>scale.md</c> and <c>growth.svg</c> beside the runs.</summary>
    public static async Task WriteAsync(string folder)
    {
        List<Measured> runs = [];
        foreach (var file in Directory.GetFiles(folder, "*.json")) runs.Add(JsonSerializer.Deserialize<Measured>(await File.ReadAllTextAsync(file), Options)!);
        runs = [.. runs.OrderBy(r => r.Engine, StringComparer.Ordinal).ThenBy(r => r.Accounts)];
        var text = new StringBuilder();
        foreach (var run in runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {run.Engine}, {run.Accounts:N0} accounts, {run.Deals:N0} registrations, {run.Partners:N0} partners\n\n{run.When}; {run.Machine}.\n\n");
            text.Append("| figure | value | p50 ms | p95 ms | p99 ms | budget | verdict | note |\n| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |\n");
            foreach (var figure in run.Figures) text.Append(figure.Row).Append('\n');
            text.Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "scale.md"), text.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "growth.svg"), Plot(runs));
    }

    // Both axes logarithmic, as growth by a power is a straight line then.
    private static string Plot(List<Measured> runs)
    {
        string[] wanted = ["page `/app/partners`", "page `/app/accounts`", "page `/app/deals`", "page `/app/deals/…`", "global search, staff, words and beginnings of words of 997 names", "register over the API with the full decision, one after another"];
        const double left = 60, top = 20, width = 460, height = 300, least = 1, most = 1000, from = 1e4, to = 1e6;
        double X(double accounts) => left + (width * Math.Log10(accounts / from) / Math.Log10(to / from));
        double Y(double ms) => top + height - (height * Math.Log10(Math.Clamp(ms, least, most) / least) / Math.Log10(most / least));
        var svg = new StringBuilder();
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 380\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"95th percentiles from ten thousand to a million accounts\">\n<rect width=\"860\" height=\"380\" fill=\"#ffffff\"/>\n");
        foreach (var ms in (double[])[1, 10, 30, 50, 100, 1000])
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{left}\" x2=\"{left + width}\" y1=\"{Y(ms):0.0}\" y2=\"{Y(ms):0.0}\" stroke=\"#d4d4d8\"/><text x=\"{left - 8}\" y=\"{Y(ms) + 4:0.0}\" text-anchor=\"end\" fill=\"#3f3f46\">{ms} ms</text>\n");
        foreach (var accounts in (double[])[1e4, 1e5, 1e6])
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(accounts):0.0}\" y=\"{top + height + 20}\" text-anchor=\"middle\" fill=\"#3f3f46\">{accounts:N0}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + (width / 2)}\" y=\"{top + height + 42}\" text-anchor=\"middle\" fill=\"#3f3f46\">accounts (95th percentiles; solid PostgreSQL, dashed SQLite)</text>\n");
        for (var w = 0; w < wanted.Length; w++)
        {
            foreach (var engine in runs.GroupBy(r => r.Engine))
            {
                var points = engine.Select(r => (r.Accounts, r.Figures.Find(f => f.Name == wanted[w])?.P95)).Where(p => p.P95 is not null).ToList();
                if (points.Count == 0) continue;
                var dash = engine.Key == "sqlite" ? " stroke-dasharray=\"5 4\"" : "";
                svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{Colours[w]}\" stroke-width=\"2\"{dash} points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Accounts):0.0},{Y(p.P95!.Value):0.0}")))}\"/>\n");
                foreach (var (accounts, p95) in points) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(accounts):0.0}\" cy=\"{Y(p95!.Value):0.0}\" r=\"3\" fill=\"{Colours[w]}\"/>\n");
            }

            var label = wanted[w].Replace("`", "", StringComparison.Ordinal).Split(',')[0];
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"545\" y=\"{top + 10 + (w * 24)}\" width=\"14\" height=\"4\" fill=\"{Colours[w]}\"/><text x=\"566\" y=\"{top + 17 + (w * 24)}\" fill=\"#18181b\">{System.Net.WebUtility.HtmlEncode(label)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
