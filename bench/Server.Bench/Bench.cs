using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Trellis.Server.Bench;

/// <summary>Measures the published program on the demo company, from outside, and writes one table.</summary>
internal static partial class Bench
{
    private const int WarmUp = 20;
    private const int Samples = 200;
    private const int AtOnce = 4;
    private static readonly (string Email, string Face, string As)[] People =
    [
        ("paula@northwind.example", "/app", "partner manager"),
        ("omar@northwind.example", "/app", "channel operations"),
        ("elena@northwind.example", "/app", "executive"),
        ("rosa@brightpath.example", "/portal", "partner admin"),
    ];

    public static async Task<int> RunAsync(string program, string data, string output)
    {
        var report = new Report();
        report.Note($"Measured {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC on {Environment.ProcessorCount} processors, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start; SQLite; loopback; times as the client sees them, nothing subtracted, brotli asked for and not unpacked.");

        await using (var first = await Server.StartAsync(program, data, TimeSpan.FromMinutes(3)))
        {
            var load = first.Said.Select(l => Loaded().Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
            report.Add("first start: the demo company loads", load is null ? double.NaN : double.Parse(load, CultureInfo.InvariantCulture), "s", 20);
        }

        report.Add("database file of the demo company", Directory.GetFiles(data, "trellis.db*").Sum(f => new FileInfo(f).Length) / 1048576.0, "MiB", null);
        await ColdStartAsync(report, program, data);

        await using var server = await Server.StartAsync(program, data, TimeSpan.FromMinutes(1));
        await Task.Delay(TimeSpan.FromSeconds(10));
        var (rss, pss) = await server.MemoryAsync();
        report.Add("resident memory, idle for 10 s (VmRSS)", rss, "MiB", 200);
        report.Add("proportional memory, idle for 10 s (PSS)", pss, "MiB", 150);
        await WeightAsync(report, server.Address);
        await PagesAsync(report, server);
        report.Add("resident memory after the measurements (VmRSS)", (await server.MemoryAsync()).Rss, "MiB", 250);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        await File.WriteAllTextAsync(output, report.ToString());
        Console.WriteLine(report);
        return report.Missed == 0 ? 0 : 1;
    }

    private static async Task ColdStartAsync(Report report, string program, string data)
    {
        var seconds = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await using var server = await Server.StartAsync(program, data, TimeSpan.FromMinutes(1));
            seconds.Add(server.SecondsToFirstPage);
        }

        seconds.Sort();
        report.Add($"start of the process to the first page (median of 5; {seconds[0]:0.00} to {seconds[^1]:0.00})", seconds[2], "s", 2);
    }

    private static async Task WeightAsync(Report report, string address)
    {
        await using var window = await Window.OpenAsync(address);
        if (window is null)
        {
            report.Note("Chromium is not here, so the weight of the first page was not measured.");
            return;
        }

        var (bytes, requests) = await window.WeighAsync("/sign-in");
        report.Add("first page, transferred, nothing cached (/sign-in)", bytes / 1024.0, "KiB", 150);
        report.Add("first page, requests (/sign-in)", requests, "", 12);
        foreach (var (email, face, who) in People.Where(p => p.As is "executive" or "partner admin"))
        {
            var (first, count) = await window.WeighHomeAsync(email, face);
            report.Add($"home, transferred, nothing cached ({face}, {who})", first / 1024.0, "KiB", face == "/app" ? 350 : 150);
            report.Add($"home, requests ({face}, {who})", count, "", 12);
        }
    }

    private static async Task PagesAsync(Report report, Server server)
    {
        var measured = new HashSet<string>();
        foreach (var (email, face, who) in People)
        {
            using var visitor = await Visitor.SignInAsync(server.Address, email, face);
            foreach (var page in await visitor.PagesAsync())
            {
                // A page that several people may see is measured once for each face, as the first of them.
                if (!measured.Add(Visitor.Kind(page)) && page != face) continue;
                await PageAsync(report, server, visitor, page, who);
            }
        }
    }

    private static async Task PageAsync(Report report, Server server, Visitor visitor, string page, string who)
    {
        for (var i = 0; i < WarmUp; i++) await TimeAsync(visitor, page);
        var cpu = server.CpuSeconds();
        var alone = new List<double>();
        for (var i = 0; i < Samples; i++) alone.Add(await TimeAsync(visitor, page));
        cpu = server.CpuSeconds() - cpu;
        var together = new List<double>();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var i = 0; i < Samples / AtOnce; i++)
            {
                var time = await TimeAsync(visitor, page);
                lock (together) together.Add(time);
            }
        }));
        report.AddPage(Visitor.Kind(page), who, alone, together, cpu * 1000 / Samples);
    }

    private static async Task<double> TimeAsync(Visitor visitor, string page)
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await visitor.GetAsync(page);
        await response.Content.ReadAsByteArrayAsync();
        var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return response.IsSuccessStatusCode ? time : throw new InvalidOperationException($"{page} answers {(int)response.StatusCode} to {visitor.Email}.");
    }

    [GeneratedRegex(@"demo company is loaded \(([0-9.]+) s\)")]
    private static partial Regex Loaded();
}
