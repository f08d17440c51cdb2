using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Trellis.Compute.Bench;

/// <summary>One measured line: a figure beside its naive baseline, from the same process and the same hour.</summary>
/// <param name="Name">What was measured, with its size.</param>
/// <param name="Cpu">CPU seconds (user + system, the whole process) of our method.</param>
/// <param name="BaselineCpu">CPU seconds of the naive method, or null where none can finish.</param>
/// <param name="Allocated">Bytes allocated by our method.</param>
/// <param name="Note">Size, seed, quality (F1, AUC, gap …) and the stated goal.</param>
public sealed record BenchLine(string Name, double Cpu, double? BaselineCpu, long Allocated, string Note);

/// <summary>A family of benchmarks, run by name from the command line.</summary>
/// <param name="Name">The family's name on the command line.</param>
/// <param name="Run">Runs at the given scale: 1 is the full stated size, 0.01 a hundredth of it.</param>
public sealed record BenchFamily(string Name, Func<double, IEnumerable<BenchLine>> Run);

/// <summary>Runs families and prints one Markdown table.</summary>
public static class BenchTable
{
    public static int Run(string[] args, BenchFamily[] families)
    {
        var scale = 1.0;
        var wanted = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--scale") scale = double.Parse(args[++i], CultureInfo.InvariantCulture);
            else wanted.Add(args[i]);
        }

        var unknown = wanted.Where(w => families.All(f => f.Name != w)).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. There are: {string.Join(", ", families.Select(f => f.Name))}.");
            return 2;
        }

        Console.WriteLine("| what | CPU s | naive CPU s | ratio | MB allocated | note |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | --- |");
        foreach (var family in families.Where(f => wanted.Count == 0 || wanted.Contains(f.Name)))
            foreach (var line in family.Run(scale))
                Console.WriteLine(Format(line));
        return 0;
    }

    /// <summary>Measures one action: CPU seconds of the whole process and bytes allocated by all threads.</summary>
    public static (double Cpu, long Allocated, T Result) Measure<T>(Func<T> action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        process.Refresh();
        var cpu = process.TotalProcessorTime;
        var result = action();
        process.Refresh();
        return ((process.TotalProcessorTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes, result);
    }

    private static string Format(BenchLine line)
    {
        var c = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(c, $"| {line.Name} | {line.Cpu:0.000} | ");
        text.Append(line.BaselineCpu is { } b ? b.ToString("0.000", c) : "–");
        text.Append(" | ");
        text.Append(line.BaselineCpu is { } n && line.Cpu > 0 ? (n / line.Cpu).ToString("0.0", c) + " ×" : "–");
        text.Append(c, $" | {line.Allocated / 1e6:0.0} | {line.Note} |");
        return text.ToString();
    }
}
