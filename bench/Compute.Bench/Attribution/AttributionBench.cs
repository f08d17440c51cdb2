using System.Globalization;
using Trellis.Compute.Attribution;
using Trellis.Compute.Cli;

namespace Trellis.Compute.Bench.Attribution;

/// <summary>Attribution from a CSV file, at growing sizes.</summary>
internal static class AttributionBench
{
    public static IEnumerable<BenchLine> Run(double scale)
    {
        // The first run also pays for compiling; it is thrown away.
        foreach (var _ in Paths(2_000, 20, 1, naive: true)) { }
        foreach (var size in new[] { 10_000, 100_000, 1_000_000, 10_000_000 })
            if (size <= 10_000_000 * scale)
                foreach (var line in Paths(size, 20, 3, naive: true)) yield return line;
        foreach (var line in Paths((int)(10_000_000 * scale), 50, 3, naive: false)) yield return line;
        foreach (var size in new[] { 10_000, 200_000, 1_000_000 })
            if (size <= 1_000_000 * scale || size == 10_000) yield return ShapleyOf(size);
        yield return ShapleyExact();
    }

    private static IEnumerable<BenchLine> Paths(int size, int channels, int order, bool naive)
    {
        var file = JourneyText.Write(size, channels, seed: 7);
        try
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"{size:N0} journeys, {channels} channels: ");
            PeakMemory.Reset();
            var first = BenchTable.Measure(() => AllRules(file, 1));
            var peak = PeakMemory.Megabytes();
            double? slow = naive && size <= 1_000_000 ? BenchTable.Measure(() => NaivePaths.Run(file)).Cpu : null;
            if (channels == 20)
                yield return new BenchLine(label + "load + rules + Markov 1", first.Cpu, slow, first.Allocated,
                    string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length / 1e6:0} MB of text, {first.Result.Touches / 1e6:0.0} M touches, peak {peak} MB, error bound {first.Result.Markov.ErrorBound:E0}; naive: Split and Dictionary; goal at 10 M: 2 s, 400 MB"));
            if (order == 1) yield break;
            PeakMemory.Reset();
            var third = BenchTable.Measure(() => AllRules(file, order));
            peak = PeakMemory.Megabytes();
            yield return new BenchLine(label + $"load + rules + Markov {order}", third.Cpu, null, third.Allocated,
                string.Create(CultureInfo.InvariantCulture, $"{third.Result.Markov.States:N0} states, {third.Result.Markov.Transitions:N0} transitions, peak {peak} MB, error bound {third.Result.Markov.ErrorBound:E0}; goal at 10 M, 20 channels: 4.5 s; ChannelAttribution (R/C++) 97 s, with 50 channels it fails"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (MarkovResult Markov, RuleTotals Rules, long Touches) AllRules(string file, int order)
    {
        using var stream = File.OpenRead(file);
        var (journeys, _) = JourneyFile.Load(stream, 2, ',', null, default);
        var rules = RuleTotals.Of(journeys, PositionWeights.U);
        return (Markov.Fit(journeys, new MarkovOptions(order)), rules, journeys.TouchCount);
    }

    private static BenchLine ShapleyOf(int size)
    {
        var file = JourneyText.Write(size, 20, seed: 9);
        try
        {
            using var stream = File.OpenRead(file);
            var (journeys, _) = JourneyFile.Load(stream, 2, ',', null, default);
            Shapley.ByConversions(journeys);
            var ours = BenchTable.Measure(() => Shapley.ByConversions(journeys));
            return new BenchLine($"Shapley, closed form, {size:N0} journeys", ours.Cpu, null, ours.Allocated, "goal at 200,000: 0.2 s");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static BenchLine ShapleyExact()
    {
        var worth = new double[1 << 20];
        var random = new Random(1);
        for (var s = 0; s < worth.Length; s++) worth[s] = random.NextDouble();
        Shapley.Exact(20, worth);
        var ours = BenchTable.Measure(() => Shapley.Exact(20, worth));
        return new BenchLine("Shapley, exact, 20 players", ours.Cpu, null, ours.Allocated, "2^20 coalitions");
    }
}

/// <summary>The most memory that the process has had in hand since the last reset, as Linux counts it.</summary>
internal static class PeakMemory
{
    public static void Reset()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5");
    }

    public static string Megabytes()
    {
        if (!OperatingSystem.IsLinux()) return "unknown";
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        return (long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000).ToString("N0", CultureInfo.InvariantCulture);
    }
}

/// <summary>How one would write it in an afternoon: lines, Split, dictionaries of strings; first, last, linear and the transition counts.</summary>
internal static class NaivePaths
{
    public static Dictionary<string, double> Run(string file)
    {
        var credit = new Dictionary<string, double>();
        var transitions = new Dictionary<(string, string), long>();
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            var cells = line.Split(',');
            var touches = cells[0].Split(" > ");
            var won = int.Parse(cells[1], CultureInfo.InvariantCulture);
            var before = "";
            foreach (var touch in touches)
            {
                credit["linear" + touch] = credit.GetValueOrDefault("linear" + touch) + ((double)won / touches.Length);
                transitions[(before, touch)] = transitions.GetValueOrDefault((before, touch)) + 1;
                before = touch;
            }

            credit["first" + touches[0]] = credit.GetValueOrDefault("first" + touches[0]) + won;
            credit["last" + touches[^1]] = credit.GetValueOrDefault("last" + touches[^1]) + won;
            transitions[(before, won > 0 ? "won" : "lost")] = transitions.GetValueOrDefault((before, won > 0 ? "won" : "lost")) + 1;
        }

        return credit;
    }
}
