using System.Globalization;

namespace Trellis.Compute.Series;

/// <summary>How one stands among peers, or why that is not told.</summary>
/// <param name="Percentile">Share of peers below, ties counting half, 0 … 100; null when withheld.</param>
/// <param name="Thirds">Means of the lower, middle and upper third of peers; null when withheld.</param>
/// <param name="Peers">Number of peers, oneself not counted; 0 when withheld.</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record PeerStanding(double? Percentile, double[]? Thirds, int Peers, string Reason);

/// <summary>
/// Peer benchmarks with a floor for privacy: nothing is told below the floor; values of peers appear only as means of at least the floor's number of
/// peers, and only when no single peer makes up most of a mean (the dominance rule of statistical disclosure control: Hundepool et al. 2012, doi:10.1002/9781118348239).
/// </summary>
public static class PeerBenchmark
{
    private const double Dominance = 0.6;

    /// <summary>Compares one value with those of its peers.</summary>
    /// <param name="own">One's own value.</param>
    /// <param name="peers">Peers' values, oneself not included; NaN values are left out.</param>
    /// <param name="floor">Fewest peers for anything to be told, at least 2.</param>
    public static PeerStanding Compare(double own, ReadOnlySpan<double> peers, int floor = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(floor, 2);
        if (double.IsNaN(own)) throw new ArgumentException("One's own value is missing.", nameof(own));
        var sorted = peers.ToArray().Where(p => !double.IsNaN(p)).Order().ToArray();
        var c = CultureInfo.InvariantCulture;
        // The number itself is withheld too: it would tell who is alone.
        if (sorted.Length < floor) return new PeerStanding(null, null, 0, $"Fewer than {floor} peers: not shown, so that none can be recognised.");
        var percentile = 100.0 * (sorted.Count(p => p < own) + sorted.Count(p => p == own) / 2.0) / sorted.Length;
        var thirds = sorted.Length >= 3 * floor ? Thirds(sorted) : null;
        var reason = string.Create(c, $"Above about {percentile:0}% of {sorted.Length} peers.");
        if (thirds is null) reason += sorted.Length < 3 * floor ? $" Typical values are shown from {3 * floor} peers on." : " Typical values are not shown because one peer dominates.";
        return new PeerStanding(percentile, thirds, sorted.Length, reason);
    }

    private static double[]? Thirds(double[] sorted)
    {
        var means = new double[3];
        for (var t = 0; t < 3; t++)
        {
            var part = sorted[(sorted.Length * t / 3)..(sorted.Length * (t + 1) / 3)];
            var sum = part.Sum(p => Math.Abs(p));
            if (sum > 0 && part.Max(p => Math.Abs(p)) > Dominance * sum) return null;
            means[t] = Rounded(part.Average());
        }

        return means;
    }

    /// <summary>Two significant digits: enough to compare with, too few to solve for a peer.</summary>
    private static double Rounded(double value)
    {
        if (value == 0) return 0;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        return Math.Round(value / unit) * unit;
    }
}
