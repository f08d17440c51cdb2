using System.Globalization;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Series;

/// <summary>How a method did when it forecast the past from what was known before.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Wape">Σ|error| / Σ|actual| over all origins and horizons; NaN when the actuals are all 0.</param>
/// <param name="Bias">Σ(forecast − actual) / Σ|actual|; above 0 means too high.</param>
/// <param name="WapeByHorizon">The same for one step ahead, two steps …</param>
public sealed record ForecastScore(string Method, double Wape, double Bias, double[] WapeByHorizon);

/// <summary>A forecast with what speaks for it.</summary>
/// <param name="Method">The method chosen.</param>
/// <param name="Steps">One interval per step ahead.</param>
/// <param name="Total">The sum of all steps, with an interval of its own: errors of neighbouring steps do not cancel.</param>
/// <param name="Backtest">Every method tried, best first.</param>
/// <param name="Origins">Times from which the past was forecast.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record Forecast(string Method, Interval[] Steps, Interval Total, IReadOnlyList<ForecastScore> Backtest, int Origins, string Reason);

/// <summary>
/// Forecasts by the method that did best on the series' own past (rolling origin: Tashman 2000, doi:10.1016/S0169-2070(00)00065-0). Intervals come from that method's
/// errors there, so they cover what a formula leaves out: Student's intervals on the root mean square error by horizon, which may not shrink with it.
/// </summary>
public static class Forecasting
{
    private static readonly (string Name, Func<double[], int, int, double[]?> Run)[] Methods =
    [
        ("last value", (y, h, _) => Enumerable.Repeat(y[^1], h).ToArray()),
        ("mean", (y, h, _) => Enumerable.Repeat(y.Average(), h).ToArray()),
        ("same as a season ago", (y, h, p) => p > 1 && y.Length >= p ? Enumerable.Range(0, h).Select(k => y[y.Length - p + k % p]).ToArray() : null),
        ("smoothing", (y, h, _) => Smoothing.Forecast(y, h, 1, false, false)),
        ("smoothing with growth", (y, h, _) => Smoothing.Forecast(y, h, 1, true, false)),
        ("smoothing with season", (y, h, p) => p > 1 ? Smoothing.Forecast(y, h, p, false, false) : null),
        ("smoothing with growth and season", (y, h, p) => p > 1 ? Smoothing.Forecast(y, h, p, true, false) : null),
        ("smoothing with growing season", (y, h, p) => p > 1 ? Smoothing.Forecast(y, h, p, true, true) : null),
    ];

    /// <summary>Forecasts the next values.</summary>
    /// <param name="values">Oldest first, none missing.</param>
    /// <param name="steps">How many values to forecast.</param>
    /// <param name="period">Observations in a season; 1 for none.</param>
    /// <param name="level">Coverage of the intervals.</param>
    /// <param name="origins">Most times from which to forecast the past.</param>
    /// <param name="cancel">Checked before each origin.</param>
    /// <exception cref="ArgumentException">A value is missing, or there are too few to try the forecast on at least three times.</exception>
    public static Forecast Run(ReadOnlySpan<double> values, int steps, int period = 1, double level = 0.9, int origins = 20, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var y = values.ToArray();
        if (y.Any(v => !double.IsFinite(v))) throw new ArgumentException("A value is missing; fill gaps first.", nameof(values));
        var earliest = Math.Max(4, period > 1 ? 2 * period : 0);
        var possible = y.Length - steps - earliest + 1;
        // The later half only: with much less history than now a method errs more than it will.
        var tries = Math.Min(origins, Math.Max(Math.Min(8, possible), possible / 2));
        if (tries < 3) throw new ArgumentException($"{y.Length} values are too few to forecast {steps} steps with a trial on the past; {earliest + steps + 2} are needed.", nameof(values));
        var trials = new List<Trial>();
        foreach (var (name, run) in Methods)
        {
            cancel.ThrowIfCancellationRequested();
            if (Trial.Of(name, run, y, steps, period, tries) is { } trial) trials.Add(trial);
        }

        // OrderBy is stable, so of equals the simpler method, listed first, is taken.
        var ranked = trials.OrderBy(t => double.IsNaN(t.Score.Wape) ? 0 : t.Score.Wape).ToArray();
        var best = ranked[0];
        var next = Methods.First(m => m.Name == best.Score.Method).Run(y, steps, period)!;
        var student = Normal.Student(level, tries - 1) * Math.Sqrt(1 + 1.0 / tries);
        var floor = y.Min() >= 0 ? 0 : double.NegativeInfinity;
        var bands = next.Select((v, h) => Band(v, student * best.Deviations[h], floor)).ToArray();
        var total = Band(next.Sum(), student * best.TotalDeviation, floor);
        return new Forecast(best.Score.Method, bands, total, ranked.Select(t => t.Score).ToArray(), tries, Tell(best.Score, ranked, steps, level, total, tries));
    }

    private static Interval Band(double value, double half, double floor) => new(Math.Max(floor, value), Math.Max(floor, value - half), Math.Max(floor, value + half));

    private static string Tell(ForecastScore best, Trial[] ranked, int steps, double level, Interval total, int tries)
    {
        var c = CultureInfo.InvariantCulture;
        var text = string.Create(c, $"{steps} steps ahead add up to {total.Value:#,0.##}, between {total.Low:#,0.##} and {total.High:#,0.##} with {level:0%} confidence. Method: {best.Method}");
        var naive = ranked.FirstOrDefault(t => t.Score.Method == "same as a season ago") ?? ranked.First(t => t.Score.Method == "last value");
        if (double.IsNaN(best.Wape)) return text + ".";
        text += string.Create(c, $", off by {best.Wape:0.0%} on average over {tries} trials on the past (bias {best.Bias:+0.0%;−0.0%})");
        return naive.Score.Method == best.Method ? text + "; nothing did better than this naive rule." : text + string.Create(c, $"; the naive rule \"{naive.Score.Method}\" was off by {naive.Score.Wape:0.0%}.");
    }

    private sealed record Trial(ForecastScore Score, double[] Deviations, double TotalDeviation)
    {
        public static Trial? Of(string name, Func<double[], int, int, double[]?> run, double[] y, int steps, int period, int tries)
        {
            var (absolute, squares, actuals) = (new double[steps], new double[steps], new double[steps]);
            double signed = 0, totals = 0;
            for (var k = 0; k < tries; k++)
            {
                var origin = y.Length - steps - tries + 1 + k;
                if (run(y[..origin], steps, period) is not { } forecast) return null;
                double sum = 0;
                for (var h = 0; h < steps; h++)
                {
                    var error = forecast[h] - y[origin + h];
                    absolute[h] += Math.Abs(error);
                    squares[h] += error * error;
                    actuals[h] += Math.Abs(y[origin + h]);
                    sum += error;
                }

                signed += sum;
                totals += sum * sum;
            }

            var all = actuals.Sum();
            var wape = all > 0 ? absolute.Sum() / all : double.NaN;
            var score = new ForecastScore(name, wape, all > 0 ? signed / all : double.NaN, absolute.Zip(actuals, (a, b) => b > 0 ? a / b : double.NaN).ToArray());
            return new Trial(score, Rising(squares.Select(s => s / tries).ToArray()), Math.Sqrt(totals / tries));
        }

        /// <summary>Root mean squares, pooled so that they never fall with the horizon.</summary>
        private static double[] Rising(double[] squares)
        {
            var pools = new List<(double Sum, int Count)>();
            foreach (var s in squares)
            {
                var pool = (Sum: s, Count: 1);
                while (pools.Count > 0 && pools[^1].Sum * pool.Count >= pool.Sum * pools[^1].Count)
                {
                    pool = (pool.Sum + pools[^1].Sum, pool.Count + pools[^1].Count);
                    pools.RemoveAt(pools.Count - 1);
                }

                pools.Add(pool);
            }

            return pools.SelectMany(p => Enumerable.Repeat(Math.Sqrt(p.Sum / p.Count), p.Count)).ToArray();
        }
    }
}
