using System.Globalization;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Series;

/// <summary>A place where the level of a whole series changes.</summary>
/// <param name="At">First observation of the new level.</param>
/// <param name="Before">Mean before, back to the previous change.</param>
/// <param name="After">Mean from there to the next change.</param>
/// <param name="Chance">Probability of so clear a change anywhere in a steady stretch.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record ChangePoint(int At, double Before, double After, double Chance, string Reason);

/// <summary>
/// Looks back over a whole series for changes of level. Within a stretch the cumulated deviations from its mean form a Brownian bridge while nothing changes, so
/// Kolmogorov's law gives the chance of its largest excursion (Inclán and Tiao 1994; Csörgő and Horváth 1997); a significant one divides the stretch, and each half is
/// tested again (Vostrikova 1981). Give values without season or trend, for example those of <see cref="Decompose"/>: a trend appears as several changes.
/// </summary>
public static class ChangePoints
{
    private const int Least = 5;

    /// <summary>Finds changes, oldest first.</summary>
    /// <param name="values">Values of a steady scatter between changes; for counts their square roots are compared, which evens out their scatter.</param>
    /// <param name="measure">Counts are compared by square root, money by logarithm of 1 + value.</param>
    /// <param name="falseAlarm">Chance that a steady series shows any change at all.</param>
    /// <exception cref="ArgumentException">A value is missing or negative.</exception>
    public static List<ChangePoint> Find(ReadOnlySpan<double> values, Measure measure, double falseAlarm = 0.01)
    {
        foreach (var v in values)
            if (!(v >= 0)) throw new ArgumentException("Values must be numbers ≥ 0.", nameof(values));
        var raw = values.ToArray();
        var scaled = raw.Select(v => measure == Measure.Count ? Math.Sqrt(v + 0.375) : Math.Log(1 + v)).ToArray();
        var cuts = new SortedDictionary<int, double>();
        Divide(scaled, 0, scaled.Length, falseAlarm, cuts);
        var ends = cuts.Keys.Prepend(0).Append(raw.Length).ToArray();
        return cuts.Keys.Select((at, k) => Describe(at, raw[ends[k]..at].Average(), raw[at..ends[k + 2]].Average(), cuts[at])).ToList();
    }

    private static void Divide(double[] x, int from, int to, double falseAlarm, SortedDictionary<int, double> cuts)
    {
        var n = to - from;
        if (n < 2 * Least) return;
        var mean = x.AsSpan(from, n).ToArray().Average();
        double sum = 0, largest = 0;
        var at = from;
        for (var i = from; i < to - Least; i++)
        {
            sum += x[i] - mean;
            if (i + 1 - from < Least || Math.Abs(sum) <= largest) continue;
            largest = Math.Abs(sum);
            at = i + 1;
        }

        // The scatter is measured on both sides of the best cut, so that a change does not hide itself; first differences would miss dependence.
        var deviation = Math.Sqrt(LongRun(x, from, at, to));
        if (deviation <= 0) return;
        var chance = Normal.BridgeAbove(largest / (deviation * Math.Sqrt(n)));
        if (chance >= falseAlarm) return;
        cuts[at] = chance;
        Divide(x, from, at, falseAlarm, cuts);
        Divide(x, at, to, falseAlarm, cuts);
    }

    /// <summary>Variance of the mean's sum per observation, neighbours' dependence included (Bartlett weights, Newey and West 1987), not below the plain variance.</summary>
    private static double LongRun(double[] x, int from, int at, int to)
    {
        var residuals = new double[to - from];
        var (left, right) = (x[from..at].Average(), x[at..to].Average());
        for (var i = from; i < to; i++) residuals[i - from] = x[i] - (i < at ? left : right);
        var n = residuals.Length;
        var plain = residuals.Sum(r => r * r) / Math.Max(1, n - 2);
        var lags = Math.Min(n / 4, (int)Math.Ceiling(1.3 * Math.Cbrt(n)));
        var total = plain;
        for (var lag = 1; lag <= lags; lag++)
        {
            double product = 0;
            for (var i = lag; i < n; i++) product += residuals[i] * residuals[i - lag];
            total += 2 * (1 - lag / (lags + 1.0)) * product / Math.Max(1, n - 2);
        }

        return Math.Max(plain, total);
    }

    private static ChangePoint Describe(int at, double before, double after, double chance)
    {
        var change = before > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({after / before - 1:+0%;−0%})") : "";
        var reason = string.Create(CultureInfo.InvariantCulture, $"From observation {at + 1} on the level is {after:#,0.##} instead of {before:#,0.##}{change}; a steady series looks like this with probability {chance:0.####}.");
        return new ChangePoint(at, before, after, chance, reason);
    }
}
