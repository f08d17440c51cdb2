using System.Globalization;
using Trellis.Compute.Series;

namespace Trellis.Compute.Bench.Series;

/// <summary>Watching, forecasting and survival as they grow, with the rates that watching promises.</summary>
public static class SeriesBench
{
    public static IEnumerable<BenchLine> Run(double scale)
    {
        foreach (var measure in (Measure[])[Measure.Count, Measure.Money])
            foreach (var size in (int[])[10_000, 100_000, 1_000_000, 10_000_000])
                yield return Watch(measure, Math.Max(2000, (int)(size * scale)), naive: size <= 1_000_000);
        foreach (var (name, mean, spread, period) in new[] { ("days, 30 each", 30.0, 0.02, 7), ("months, 100 each", 100.0, 0.02, 12), ("days, 3 each", 3.0, 0.05, 7) })
            yield return Rates(name, mean, spread, period, Math.Max(100, (int)(2000 * scale)));
        yield return Forecasts(Math.Max(10, (int)(1000 * scale)));
        foreach (var size in (int[])[10_000, 100_000, 1_000_000]) yield return Survival(Math.Max(1000, (int)(size * scale)));
        var long1 = SeriesData.Counts(new Random(5), Math.Max(2000, (int)(100_000 * scale)), 30, 0.02, 7);
        var (cpu, bytes, parts) = BenchTable.Measure(() => Decompose.Run(long1, 7));
        yield return new BenchLine($"decomposition, {long1.Length:N0} points", cpu, null, bytes, string.Create(CultureInfo.InvariantCulture, $"season strength {parts.SeasonStrength:0.00}; seed 5"));
    }

    private static BenchLine Watch(Measure measure, int points, bool naive)
    {
        // Partners of a thousand observations each, as a platform would have them.
        var random = new Random(7);
        var series = Enumerable.Range(0, Math.Max(1, points / 1000)).Select(_ => measure == Measure.Count
            ? SeriesData.Counts(random, 1000, 30, 0.02, 7) : SeriesData.Money(random, 1000, 5000, 0.2, 7)).ToArray();
        var options = new WatchOptions { Measure = measure, Period = 7 };
        Detector.Scan(series[0], options);
        var (cpu, bytes, findings) = BenchTable.Measure(() => Detector.ScanMany(series, options));
        double? plain = naive ? BenchTable.Measure(() => series.Sum(s => NaiveWatch(s, 7))).Cpu : null;
        var count = series.Length * 1000;
        var note = string.Create(CultureInfo.InvariantCulture, $"{count / cpu / 1e6:0.0}M points/s; goal ≥ 1M points/s; {findings.Sum(f => f.Count)} false alarms, {count * options.FalseAlarms:0} tolerated; seed 7");
        return new BenchLine($"watching {measure.ToString().ToLowerInvariant()}s, {count:N0} points", cpu, plain, bytes, note);
    }

    private static BenchLine Rates(string name, double mean, double spread, int period, int rounds)
    {
        var random = new Random(9);
        var options = new WatchOptions { Period = period, FalseAlarms = 0.002 };
        var steady = Enumerable.Range(0, rounds).Select(_ => SeriesData.Counts(random, 200, mean, spread, period)).ToArray();
        var at = period * Math.Max(5, 140 / period);
        var halved = Enumerable.Range(0, rounds / 4).Select(_ => SeriesData.Counts(random, at + 2 * period, mean, spread, period, at, 0.5)).ToArray();
        var (cpu, bytes, alarms) = BenchTable.Measure(() => steady.Sum(s => Detector.Scan(s, options).Count));
        var found = halved.Select(s => Detector.Scan(s, options).FirstOrDefault(f => f.At >= at && f.Kind is FindingKind.Drop or FindingKind.Fell && f.At >= at)?.At - at + 1).ToArray();
        var stated = options.FalseAlarms * rounds * (200 - Math.Max(12, 2 * period));
        var note = string.Create(CultureInfo.InvariantCulture, $"false alarms {alarms / stated:0.00} of the stated 0.002; a drop by half found within 2 observations {Share(2):0%}, within 2 seasons {Share(2 * period):0%}; seed 9");
        return new BenchLine($"watching rates: {name}", cpu, null, bytes, note);

        double Share(int within) => found.Count(f => f <= within) / (double)found.Length;
    }

    private static BenchLine Forecasts(int series)
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, series).Select(_ => SeriesData.Money(random, 60, 1000, 0.02, 12)).ToArray();
        var (cpu, bytes, forecasts) = BenchTable.Measure(() => values.Select(v => Forecasting.Run(v.AsSpan(0, 54), 6, 12)).ToArray());
        var covered = forecasts.Zip(values).Average(p => p.First.Steps.Where((s, h) => s.Low <= p.Second[54 + h] && p.Second[54 + h] <= s.High).Count() / 6.0);
        return new BenchLine($"forecasts, {series:N0} series of 54 months, eight methods × 20 origins", cpu, null, bytes, string.Create(CultureInfo.InvariantCulture, $"{cpu / series * 1000:0.0} ms each; 90 % intervals cover {covered:0.0%}; seed 11"));
    }

    private static BenchLine Survival(int size)
    {
        var random = new Random(13);
        var times = Enumerable.Range(0, size).Select(_ => Math.Round(-100 * Math.Log(1 - random.NextDouble()), 1)).ToArray();
        var marks = Enumerable.Range(0, size).Select(_ => random.Next(3) > 0).ToArray();
        var (cpu, bytes, _) = BenchTable.Measure(() => KaplanMeier.Estimate(times, marks));
        double? naive = size <= 100_000 ? BenchTable.Measure(() => NaiveSurvival(times, marks)).Cpu : null;
        return new BenchLine($"Kaplan–Meier, {size:N0} histories", cpu, naive, bytes, "seed 13");
    }

    /// <summary>The usual first attempt: compare with mean and deviation of the same phase so far, worked out anew for each point.</summary>
    private static int NaiveWatch(double[] values, int period)
    {
        var alarms = 0;
        for (var i = 4 * period; i < values.Length; i++)
        {
            var past = Enumerable.Range(1, i / period).Select(k => values[i - k * period]).ToArray();
            var mean = past.Average();
            var deviation = Math.Sqrt(past.Sum(v => (v - mean) * (v - mean)) / (past.Length - 1));
            if (Math.Abs(values[i] - mean) > 3.3 * deviation) alarms++;
        }

        return alarms;
    }

    private static double NaiveSurvival(double[] times, bool[] marks)
    {
        double survival = 1;
        foreach (var t in times.Distinct().Order())
        {
            int risk = 0, events = 0;
            for (var i = 0; i < times.Length; i++)
            {
                if (times[i] >= t) risk++;
                if (times[i] == t && marks[i]) events++;
            }

            survival *= 1 - (double)events / risk;
        }

        return survival;
    }
}
