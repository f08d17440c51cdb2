using System.Globalization;

namespace Trellis.Compute.Series;

/// <summary>A series taken apart: value = trend + season + holiday + remainder, or their product when <paramref name="Multiplicative"/>.</summary>
/// <param name="Trend">One per observation.</param>
/// <param name="Season">One per phase; adds to 0 (or multiplies to 1).</param>
/// <param name="Holiday">One per kind of holiday.</param>
/// <param name="Remainder">One per observation; NaN where there is none.</param>
/// <param name="Multiplicative">Whether the parts multiply.</param>
/// <param name="SeasonStrength">0 none … 1 all of the variation around the trend is season (Wang, Smith, Hyndman 2006, doi:10.1007/s10618-005-0039-x).</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record Decomposition(
    double[] Trend, double[] Season, double[] Holiday, double[] Remainder, bool Multiplicative, double SeasonStrength, string Reason);

/// <summary>
/// Season and trend by local regression with outliers weighted down, after Cleveland et al. (1990), "STL: a seasonal-trend decomposition procedure based on
/// loess", with a season that repeats exactly and an effect for each kind of holiday, fitted in turn (backfitting).
/// </summary>
public static class Decompose
{
    private const int Rounds = 8;

    /// <summary>Takes a series apart.</summary>
    /// <param name="values">Oldest first; NaN where there is none.</param>
    /// <param name="period">Observations in a season; 1 for none.</param>
    /// <param name="holidays">Kind of holiday of each observation or −1; none when null.</param>
    /// <param name="multiplicative">Parts multiply; needs values &gt; 0.</param>
    /// <param name="window">Observations in each local regression of the trend; 0 chooses one and a half seasons, at least 7.</param>
    /// <exception cref="ArgumentException">Fewer than two seasons or four values, or a value ≤ 0 for multiplying parts.</exception>
    public static Decomposition Run(ReadOnlySpan<double> values, int period, int[]? holidays = null, bool multiplicative = false, int window = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        var y = values.ToArray();
        if (y.Count(v => !double.IsNaN(v)) < Math.Max(4, 2 * period)) throw new ArgumentException($"At least {Math.Max(4, 2 * period)} values are needed, two seasons.", nameof(values));
        if (holidays is not null && holidays.Length != y.Length) throw new ArgumentException("Each observation needs a holiday code.", nameof(holidays));
        if (multiplicative && y.Any(v => v <= 0)) throw new ArgumentException("Parts that multiply need values above 0.", nameof(values));
        if (multiplicative) y = y.Select(v => Math.Log(v)).ToArray();
        holidays ??= Enumerable.Repeat(-1, y.Length).ToArray();
        if (window == 0) window = Math.Max(7, (3 * period / 2) | 1);
        var season = new double[period];
        var holiday = new double[holidays.Length == 0 ? 0 : Math.Max(0, holidays.Max() + 1)];
        var weights = y.Select(v => double.IsNaN(v) ? 0.0 : 1).ToArray();
        var trend = new double[y.Length];
        for (var round = 0; round < Rounds; round++)
        {
            trend = Loess(y.Select((v, i) => v - season[i % period] - Special(i)).ToArray(), weights, window);
            if (period > 1) Effects(season, i => i % period, i => y[i] - trend[i] - Special(i), centred: true);
            Effects(holiday, i => holidays[i], i => y[i] - trend[i] - season[i % period], centred: false);
            if (round >= 2) Downweigh(weights, y.Select((v, i) => v - trend[i] - season[i % period] - Special(i)).ToArray());
        }

        var remainder = y.Select((v, i) => v - trend[i] - season[i % period] - Special(i)).ToArray();
        var strength = Strength(remainder, season);
        if (multiplicative) (trend, season, holiday, remainder) = (Exp(trend), Exp(season), Exp(holiday), Exp(remainder));
        return new Decomposition(trend, season, holiday, remainder, multiplicative, strength, Tell(trend, season, strength, multiplicative));

        double Special(int i) => holidays[i] >= 0 ? holiday[holidays[i]] : 0;

        void Effects(double[] effects, Func<int, int> slot, Func<int, double> rest, bool centred)
        {
            var (sums, counts) = (new double[effects.Length], new double[effects.Length]);
            for (var i = 0; i < y.Length; i++)
            {
                if (weights[i] == 0 || slot(i) < 0) continue;
                sums[slot(i)] += weights[i] * rest(i);
                counts[slot(i)] += weights[i];
            }

            for (var k = 0; k < effects.Length; k++) effects[k] = counts[k] > 0 ? sums[k] / counts[k] : 0;
            var middle = centred ? effects.Average() : 0;
            for (var k = 0; k < effects.Length; k++) effects[k] -= middle;
        }
    }

    /// <summary>Local linear regression with tricube weights, at every tenth of a window and joined by straight lines (Cleveland 1979).</summary>
    internal static double[] Loess(double[] y, double[] weights, int window)
    {
        var n = y.Length;
        var jump = Math.Max(1, window / 10);
        var fit = new double[n];
        for (int at = 0, before = 0; ;)
        {
            fit[at] = Local(y, weights, at, window);
            for (var i = before + 1; i < at; i++) fit[i] = fit[before] + (fit[at] - fit[before]) * (i - before) / (at - before);
            if (at == n - 1) return fit;
            before = at;
            at = Math.Min(n - 1, at + jump);
        }
    }

    private static double Local(double[] y, double[] weights, int at, int window)
    {
        var n = y.Length;
        var from = Math.Clamp(at - window / 2, 0, Math.Max(0, n - window));
        var to = Math.Min(n, from + window);
        // Where the window is cut off by an end or exceeds the series, its reach grows, as in STL.
        var reach = Math.Max(at - from, to - 1 - at) + 1.0 + Math.Max(0, window - n) / 2.0;
        double sum = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (var i = from; i < to; i++)
        {
            if (weights[i] == 0) continue;
            var distance = Math.Abs(i - at) / reach;
            var cube = 1 - distance * distance * distance;
            var w = weights[i] * cube * cube * cube;
            var x = i - at;
            sum += w;
            sx += w * x;
            sy += w * y[i];
            sxx += w * x * x;
            sxy += w * x * y[i];
        }

        if (sum <= 0) return double.NaN;
        var determinant = sum * sxx - sx * sx;
        return determinant > 1e-9 * sum * sum ? (sxx * sy - sx * sxy) / determinant : sy / sum;
    }

    private static void Downweigh(double[] weights, double[] remainder)
    {
        var sizes = remainder.Where(r => !double.IsNaN(r)).Select(Math.Abs).Order().ToArray();
        var limit = 6 * sizes[sizes.Length / 2];
        for (var i = 0; i < weights.Length; i++)
        {
            if (double.IsNaN(remainder[i])) continue;
            var u = limit > 0 ? Math.Min(1, Math.Abs(remainder[i]) / limit) : 0;
            // A little weight stays, so that a stretch of outliers cannot leave the regression without points.
            weights[i] = Math.Max(1e-6, (1 - u * u) * (1 - u * u));
        }
    }

    private static double Strength(double[] remainder, double[] season)
    {
        var used = Enumerable.Range(0, remainder.Length).Where(i => !double.IsNaN(remainder[i])).ToArray();
        var both = Variance(used.Select(i => remainder[i] + season[i % season.Length]));
        return both > 0 ? Math.Max(0, 1 - Variance(used.Select(i => remainder[i])) / both) : 0;
    }

    private static double Variance(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return all.Average(v => (v - mean) * (v - mean));
    }

    private static double[] Exp(double[] values) => values.Select(v => Math.Exp(v)).ToArray();

    private static string Tell(double[] trend, double[] season, double strength, bool multiplicative)
    {
        var c = CultureInfo.InvariantCulture;
        var change = string.Create(c, $"The trend goes from {trend[0]:#,0.##} to {trend[^1]:#,0.##}");
        if (season.Length == 1) return change + ".";
        var (high, low) = (Array.IndexOf(season, season.Max()), Array.IndexOf(season, season.Min()));
        return string.Create(c, $"{change}; season explains {strength:0%} of the variation around it, highest in phase {high + 1} ({Show(season[high])}), lowest in phase {low + 1} ({Show(season[low])}).");

        string Show(double s) => multiplicative ? (s - 1).ToString("+0%;−0%", c) : s.ToString("+#,0.##;−#,0.##", c);
    }
}
