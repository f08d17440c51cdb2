using System.Globalization;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Learning;

/// <summary>How far a feature has moved between two sets of rows.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Stability">Population stability index: Σ (q − p)·ln(q / p) over parts; 0 means unchanged.</param>
/// <param name="Expected">The index that sampling alone stays below 99 times in 100.</param>
/// <param name="Distance">Largest difference of the distribution functions (Kolmogorov–Smirnov), or half the summed difference of shares for a category.</param>
/// <param name="Chance">Probability of so large a distance without any drift; for a category, of so large an index.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record FeatureDrift(string Feature, double Stability, double Expected, double Distance, double Chance, string Reason)
{
    /// <summary>Moved more than chance explains and by more than the customary 0.1.</summary>
    public bool HasMoved => Stability > Math.Max(Expected, 0.1);
}

/// <summary>
/// Compares rows a model was fitted on with rows it is used on. Index: Siddiqi (2006), "Credit risk scorecards"; its spread under no drift is
/// (1/n + 1/m)·χ² with parts − 1 degrees of freedom (Yurdakul and Naranjo 2020, doi:10.21314/JRMV.2020.227).
/// </summary>
public static class Drift
{
    private const double Least = 1e-4;

    /// <summary>One line per column present in both tables, most moved first.</summary>
    public static FeatureDrift[] Compare(Table before, Table after, int parts = 10) => before.Columns
        .Where(c => after.Find(c.Name) is not null)
        .Select(c => Compare(c, after.Find(c.Name)!, parts))
        .OrderByDescending(d => d.Stability).ThenBy(d => d.Feature, StringComparer.Ordinal).ToArray();

    /// <summary>Compares one column. Missing values form a part of their own.</summary>
    /// <exception cref="ArgumentException">One is a number and the other a category, or one is empty.</exception>
    public static FeatureDrift Compare(Column before, Column after, int parts = 10)
    {
        if (before.Rows == 0 || after.Rows == 0) throw new ArgumentException($"Column '{before.Name}' is empty on one side.");
        if (before is NumberColumn a && after is NumberColumn b) return Numbers(a, b, parts);
        if (before is CategoryColumn c && after is CategoryColumn d) return Levels(c, d);
        throw new ArgumentException($"Column '{before.Name}' changed between number and category.");
    }

    /// <summary>Two-sample Kolmogorov–Smirnov distance and its asymptotic chance (Smirnov 1939), missing values left out.</summary>
    public static (double Distance, double Chance) KolmogorovSmirnov(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var (a, b) = (Sorted(first), Sorted(second));
        if (a.Length == 0 || b.Length == 0) return (double.NaN, double.NaN);
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= at) i++;
            while (j < b.Length && b[j] <= at) j++;
            distance = Math.Max(distance, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }

        var n = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        // Stephens's (1970) correction makes the limit law good from about four observations on.
        return (distance, Normal.BridgeAbove((n + 0.12 + 0.11 / n) * distance));
    }

    private static FeatureDrift Numbers(NumberColumn before, NumberColumn after, int parts)
    {
        var sorted = Sorted(before.Values);
        var cuts = Enumerable.Range(1, parts - 1).Where(_ => sorted.Length > 0).Select(p => sorted[(int)((long)sorted.Length * p / parts)]).Distinct().ToArray();
        var (p, q) = (Count(before.Values, cuts), Count(after.Values, cuts));
        var (distance, chance) = KolmogorovSmirnov(before.Values, after.Values);
        return Report(before.Name, p, q, distance, chance, before.Rows, after.Rows);
    }

    private static FeatureDrift Levels(CategoryColumn before, CategoryColumn after)
    {
        var levels = before.Levels.Union(after.Levels).Select((l, i) => (l, i)).ToDictionary(x => x.l, x => x.i + 1, StringComparer.Ordinal);
        var (p, q) = (new double[levels.Count + 1], new double[levels.Count + 1]);
        foreach (var code in before.Codes) p[code < 0 ? 0 : levels[before.Levels[code]]]++;
        foreach (var code in after.Codes) q[code < 0 ? 0 : levels[after.Levels[code]]]++;
        var distance = p.Zip(q, (x, y) => Math.Abs(x / before.Rows - y / after.Rows)).Sum() / 2;
        return Report(before.Name, p, q, distance, double.NaN, before.Rows, after.Rows);
    }

    private static FeatureDrift Report(string name, double[] p, double[] q, double distance, double chance, int n, int m)
    {
        double index = 0;
        var used = 0;
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] + q[i] == 0) continue;
            used++;
            var (x, y) = (Math.Max(p[i] / n, Least), Math.Max(q[i] / m, Least));
            index += (y - x) * Math.Log(y / x);
        }

        var freedom = Math.Max(1, used - 1);
        var unit = 1.0 / n + 1.0 / m;
        var expected = unit * ChiSquareQuantile(0.99, freedom);
        if (double.IsNaN(chance)) chance = ChiSquareAbove(index / unit, freedom);
        var moved = index > Math.Max(expected, 0.1);
        var degree = !moved ? "no notable drift" : index > 0.25 ? "has moved strongly" : "has moved";
        var reason = string.Create(CultureInfo.InvariantCulture, $"{name} {(moved ? degree : "shows " + degree)}: stability index {index:0.000} (chance alone stays under {expected:0.000}), largest difference {distance:0.000}.");
        return new FeatureDrift(name, index, expected, distance, chance, reason);
    }

    /// <summary>Wilson and Hilferty (1931).</summary>
    private static double ChiSquareQuantile(double level, int freedom) => freedom * Math.Pow(1 - 2.0 / (9 * freedom) + Normal.Quantile(level) * Math.Sqrt(2.0 / (9 * freedom)), 3);

    private static double ChiSquareAbove(double x, int freedom) => Normal.Above((Math.Cbrt(x / freedom) - (1 - 2.0 / (9 * freedom))) / Math.Sqrt(2.0 / (9 * freedom)));

    private static double[] Count(float[] values, float[] cuts)
    {
        var counts = new double[cuts.Length + 2];
        foreach (var v in values)
        {
            if (float.IsNaN(v))
            {
                counts[0]++;
                continue;
            }

            var at = Array.BinarySearch(cuts, v);
            counts[1 + (at >= 0 ? at + 1 : ~at)]++;
        }

        return counts;
    }

    private static float[] Sorted(ReadOnlySpan<float> values)
    {
        var kept = new List<float>(values.Length);
        foreach (var v in values)
            if (!float.IsNaN(v)) kept.Add(v);
        kept.Sort();
        return kept.ToArray();
    }
}
