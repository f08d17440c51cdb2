using System.Diagnostics;

namespace Trellis.Identity.Tests;

/// <summary>A provider of the npm registry, run by node as long as a test needs it; where it cannot be had, the test shows as skipped with the reason.</summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly Lazy<Task<(string Folder, string? Fault)>> Restored = new(RestoreAsync);
    private readonly Process _process;

    private Node(Process process, string[] said) => (_process, Said) = (process, said);

    /// <summary>The words of its first line.</summary>
    public string[] Said { get; }

    public static async Task<Node> StartAsync(string script, params string[] arguments)
    {
        var (folder, fault) = await Restored.Value;
        Skip.If(fault is not null, $"The providers of the npm registry are not here: {fault}");
        var process = Begin("node", folder, [script, .. arguments]);
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        if (line is null) throw new InvalidOperationException($"{script} did not start: {await process.StandardError.ReadToEndAsync()}");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new Node(process, line.Split(' '));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<(string, string?)> RestoreAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "providers");
        try
        {
            if (File.Exists(Path.Combine(folder, "node_modules", ".restored"))) return (folder, null);
            using var npm = Begin("npm", folder, ["ci", "--no-audit", "--no-fund"]);
            var said = npm.StandardError.ReadToEndAsync();
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
            if (npm.ExitCode != 0) return (folder, (await said).Split('\n')[0]);
            await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", ".restored"), "");
            return (folder, null);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (folder, exception.Message);
        }
    }

    private static Process Begin(string program, string folder, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
