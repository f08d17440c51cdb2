using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Trellis.Server.Bench;

/// <summary>The program in a process of its own, on a free loopback port, over a data folder of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const int TicksPerSecond = 100;
    private readonly Process _process;
    private readonly List<string> _said = [];

    private Server(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>From the start of the process to the first answered page, in seconds.</summary>
    public double SecondsToFirstPage { get; private set; }

    /// <summary>What the program has printed.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said) return [.. _said];
        }
    }

    public static async Task<Server> StartAsync(string program, string data, TimeSpan patience, string? database = null)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(program.EndsWith(".dll", StringComparison.Ordinal) ? "dotnet" : program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (program.EndsWith(".dll", StringComparison.Ordinal)) start.ArgumentList.Add(program);
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["TRELLIS_DATA"] = data;
        // One load generator with one token would only measure how quickly it is refused.
        start.Environment["TRELLIS_LIMITS"] = "off";
        start.Environment.Remove("TRELLIS_DATABASE");
        if (database is not null) start.Environment["TRELLIS_DATABASE"] = database;
        var watch = Stopwatch.StartNew();
        var server = new Server(Process.Start(start)!, address);
        server.Listen();
        await server.WaitAsync(watch, patience);
        return server;
    }

    /// <summary>Resident memory in MiB (VmRSS), and the proportional share of it (PSS), as Linux tells them.</summary>
    public async Task<(double Rss, double Pss)> MemoryAsync() =>
        (await KilobytesAsync("status", "VmRSS:") / 1024, await KilobytesAsync("smaps_rollup", "Pss:") / 1024);

    /// <summary>CPU seconds that the process has used, user and system.</summary>
    public double CpuSeconds()
    {
        // Fields 14 and 15 of proc(5), counted behind the name in brackets.
        var fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var end = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private void Listen()
    {
        void Keep(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is null) return;
            lock (_said) _said.Add(e.Data);
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitAsync(Stopwatch watch, TimeSpan patience)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        while (watch.Elapsed < patience)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The program has ended with {_process.ExitCode}:\n{string.Join('\n', Said)}");
            try
            {
                using var response = await http.GetAsync("/sign-in");
                if (response.IsSuccessStatusCode)
                {
                    await response.Content.ReadAsByteArrayAsync();
                    SecondsToFirstPage = watch.Elapsed.TotalSeconds;
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(10);
        }

        throw new TimeoutException($"No page within {patience.TotalSeconds} s:\n{string.Join('\n', Said)}");
    }

    private async Task<double> KilobytesAsync(string file, string name)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{_process.Id}/{file}")).First(l => l.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
