using System.Diagnostics;
using System.Globalization;
using Trellis.Compute.Matching;
using Trellis.Server.Bench;

namespace Trellis.Scale.Bench;

/// <summary>Measures the running program on the filled tenant, from outside.</summary>
internal sealed class Measure(Server.Bench.Server server, Filled filled, Options options)
{
    // So many calls until the program has compiled what it runs often.
    private const int WarmUp = 600;

    private readonly List<Figure> _figures = [];
    private NewCustomers _customers = null!;
    private List<string> _names = [];

    public async Task<List<Figure>> RunAsync()
    {
        using var staff = new Caller(server.Address, filled.Staff);
        var product = (await staff.ReadAsync("/api/v1/products"))["items"]![0]!["id"]!.GetValue<string>();
        _customers = new NewCustomers(filled.Sizes, product, 60_000, Sizes.Seed + filled.Sizes.Accounts + 5);
        _names = [.. CompanySpellings.List(filled.Sizes.Accounts, Sizes.Seed).Where((_, i) => i % Math.Max(1, filled.Sizes.Accounts / 997) == 0).Select(n => n.Name!)];
        if (options.Wants("pages")) await PagesAsync();
        if (options.Wants("search")) await SearchAsync(staff);
        if (options.Wants("register")) await RegisterAsync();
        if (options.Wants("throughput")) await ThroughputAsync();
        if (options.Wants("mixed")) await MixedAsync(staff);
        if (options.Wants("import")) await new ImportBench(staff, _figures).RunAsync(options.ImportRows);
        var (rss, pss) = await server.MemoryAsync();
        Keep(Figure.One("resident memory after all this (VmRSS)", rss, "MiB", 250, note: string.Create(CultureInfo.InvariantCulture, $"PSS {pss:0} MiB")));
        return _figures;
    }

    private void Keep(Figure figure)
    {
        _figures.Add(figure);
        Console.WriteLine(figure.Row);
    }

    private async Task PagesAsync()
    {
        var seen = new HashSet<string>();
        foreach (var (email, face) in (IEnumerable<(string, string)>)[("paula@northwind.example", "/app"), ("ada@northwind.example", "/app"), ("rosa@brightpath.example", "/portal")])
        {
            using var visitor = await Visitor.SignInAsync(server.Address, email, face);
            var pages = (await visitor.PagesAsync()).Where(page => seen.Add(Visitor.Kind(page))).ToList();
            // What all pages share is compiled while the first of them are asked for; it would count against those.
            for (var i = 0; i < 15; i++) foreach (var page in pages) using (await visitor.GetAsync(page)) { }
            foreach (var page in pages)
            {
                var times = new List<double>();
                var cpu = 0.0;
                for (var i = -5; i < options.Samples; i++)
                {
                    if (i == 0) cpu = server.CpuSeconds();
                    var began = Stopwatch.GetTimestamp();
                    using var response = await visitor.GetAsync(page);
                    await response.Content.ReadAsByteArrayAsync();
                    if (i >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    // A page that is far over needs no more samples to say so.
                    if (times.Count >= 5 && times.Sum() > 10_000) break;
                }

                Keep(Figure.Times($"page `{Visitor.Kind(page)}`", times, 50, string.Create(CultureInfo.InvariantCulture, $"CPU {(server.CpuSeconds() - cpu) * 1000 / times.Count:0.0} ms")));
            }
        }
    }

    private async Task SearchAsync(Caller staff)
    {
        using var partner = new Caller(server.Address, filled.Partners[0]);
        foreach (var (who, caller) in (IEnumerable<(string, Caller)>)[("staff", staff), ("partner", partner)])
        {
            var times = new List<double>();
            for (var i = 0; i < 20 + (options.Samples * 2); i++)
            {
                var words = _names[i * 7 % _names.Count].Split(' ');
                var asked = (i % 4) switch { 0 => words[0], 1 => words[0][..Math.Min(4, words[0].Length)], 2 => string.Join(' ', words.Take(2)), _ => words.Length > 1 ? words[1] : words[0] };
                var (time, status) = await caller.TimeAsync(HttpMethod.Get, $"/api/v1/search?q={Uri.EscapeDataString(asked)}");
                if (status != 200) throw new InvalidOperationException($"Search answers {status}.");
                if (i >= 20) times.Add(time);
            }

            Keep(Figure.Times($"global search, {who}, words and beginnings of words of 997 names", times, 100));
        }
    }

    private async Task RegisterAsync()
    {
        using var partner = new Caller(server.Address, filled.Partners[1]);
        var (times, states) = (new List<double>(), new Dictionary<int, int>());
        var cpu = 0.0;
        var count = WarmUp + (options.Samples * 4);
        for (var i = 0; i < count; i++)
        {
            if (i == WarmUp) cpu = server.CpuSeconds();
            var (time, status) = await partner.TimeAsync(HttpMethod.Post, "/api/v1/deals", _customers.Next());
            states[status] = states.GetValueOrDefault(status) + 1;
            if (i >= WarmUp) times.Add(time);
        }

        Keep(Figure.Times("register over the API with the full decision, one after another", times, 30,
            string.Create(CultureInfo.InvariantCulture, $"answers {string.Join(", ", states.Select(s => $"{s.Key}: {s.Value}"))}; server CPU {(server.CpuSeconds() - cpu) * 1000 / times.Count:0.0} ms each, listeners included")));
    }

    private async Task ThroughputAsync()
    {
        var callers = filled.Partners.Select(t => new Caller(server.Address, t)).ToList();
        var (good, bad, times) = (0, 0, new List<double>());
        var watch = Stopwatch.StartNew();
        var cpu = server.CpuSeconds();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(async i =>
        {
            var caller = callers[i % callers.Count];
            while (watch.Elapsed < options.Throughput)
            {
                var (time, status) = await caller.TimeAsync(HttpMethod.Post, "/api/v1/deals", _customers.Next());
                lock (times)
                {
                    times.Add(time);
                    if (status == 201) good++;
                    else bad++;
                }
            }
        }));
        var seconds = watch.Elapsed.TotalSeconds;
        Keep(Figure.One($"registrations a second, {options.Connections} at once", good / seconds, "/s", 500, atLeast: true,
            note: string.Create(CultureInfo.InvariantCulture, $"{bad} refused; server CPU {(server.CpuSeconds() - cpu) * 1000 / Math.Max(1, good):0.0} ms each, listeners included")));
        Keep(Figure.Times($"one of them, {options.Connections} at once", times, null));
        foreach (var caller in callers) caller.Dispose();
    }

    private async Task MixedAsync(Caller staff)
    {
        using var partner = new Caller(server.Address, filled.Partners[2]);
        var deals = (await staff.ReadAsync("/api/v1/deals?size=100"))["items"]!.AsArray().Select(d => d!["id"]!.GetValue<string>()).ToArray();
        var accounts = (await staff.ReadAsync("/api/v1/accounts?size=100"))["items"]!.AsArray().Select(d => d!["id"]!.GetValue<string>()).ToArray();
        var load = new OpenLoad(options.Rate, options.Mixed);
        var result = await load.RunAsync(n => (n % 20) switch
        {
            < 4 => staff.TimeAsync(HttpMethod.Get, $"/api/v1/deals/{deals[n % deals.Length]}"),
            < 8 => staff.TimeAsync(HttpMethod.Get, $"/api/v1/accounts/{accounts[n % accounts.Length]}"),
            < 11 => staff.TimeAsync(HttpMethod.Get, "/api/v1/deals?size=25"),
            < 14 => staff.TimeAsync(HttpMethod.Get, "/api/v1/accounts?size=25"),
            < 16 => partner.TimeAsync(HttpMethod.Get, "/api/v1/deals?size=25"),
            < 18 => staff.TimeAsync(HttpMethod.Get, $"/api/v1/search?q={Uri.EscapeDataString(_names[n % _names.Count].Split(' ')[0])}"),
            18 => staff.TimeAsync(HttpMethod.Get, "/api/v1/partners?size=25"),
            _ => partner.TimeAsync(HttpMethod.Post, "/api/v1/deals", _customers.Next()),
        });
        Keep(Figure.Times($"mixed load, {options.Rate} requests a second for {options.Mixed.TotalSeconds:0} s, from the intended start", result.Times, null,
            string.Create(CultureInfo.InvariantCulture, $"{result.Answered / options.Mixed.TotalSeconds:0} answered a second, {result.Errors} errors; 20 % lists of deals, 40 % records, 10 % search, 5 % registrations; generator on the same machine")));
        Keep(Figure.One("mixed load answered", result.Answered / result.Seconds, "/s", options.Rate * 0.99, atLeast: true));
    }
}
