using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Trellis.Whole.Tests.Crash;

/// <summary>The real program as a process of its own, to be killed.</summary>
internal sealed class Victim : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private Victim(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    /// <summary>Starts the program over this data; it answers when it can.</summary>
    public static Victim Start(string folder, string? postgres)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "trellis.dll"), $"--urls={address}"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TRELLIS_DATA"] = folder, ["TRELLIS_DATABASE"] = postgres ?? "", ["TRELLIS_DEMO"] = "off", ["TRELLIS_LIMITS"] = "off", ["DOTNET_TieredPGO"] = "0" },
        };
        var process = Process.Start(start)!;
        // Read on, so that it never waits for a reader.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new Victim(process, address);
    }

    /// <summary>Waits until it answers.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(10) };
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (_process.HasExited) throw new InvalidOperationException($"The program did not start again: it ended with {_process.ExitCode}.");
            if (watch.Elapsed > LongestStart) throw new TimeoutException("The program did not start again in time.");
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet.
            }
        }
    }

    /// <summary>Ends it as a power cut would: no handler runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
