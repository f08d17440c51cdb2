using System.Globalization;
using Trellis.Compute.Statistics;

namespace Trellis.Compute.Series;

/// <summary>How evenly things are spread over kinds.</summary>
/// <param name="Shannon">H = −Σ p·ln p, nats.</param>
/// <param name="Normalised">H / ln(kinds), 0 one kind only … 1 all kinds alike, with its interval; not available (NaN) with fewer than two kinds possible.</param>
/// <param name="Effective">e^H: as diverse as so many equally frequent kinds (Hill 1973, doi:10.2307/1934352).</param>
/// <param name="Reason">A sentence for people.</param>
public sealed record DiversityIndex(double Shannon, Interval Normalised, double Effective, string Reason);

/// <summary>Shannon's index (1948, doi:10.1002/j.1538-7305.1948.tb01338.x), normalised as Pielou's evenness (1966).</summary>
public static class Diversity
{
    /// <summary>Computes the index.</summary>
    /// <param name="counts">How many of each kind, ≥ 0.</param>
    /// <param name="kinds">Number of kinds that were possible, at least those seen; the length of <paramref name="counts"/> when 0.</param>
    /// <param name="level">Coverage of the interval (delta method with Basharin's 1959 variance).</param>
    /// <exception cref="ArgumentException">A count is negative, nothing was counted, or more kinds were seen than were possible.</exception>
    public static DiversityIndex Shannon(ReadOnlySpan<double> counts, int kinds = 0, double level = 0.95)
    {
        double total = 0, seen = 0;
        foreach (var count in counts)
        {
            if (!(count >= 0)) throw new ArgumentException("A count is negative or not a number.", nameof(counts));
            total += count;
            seen += count > 0 ? 1 : 0;
        }

        if (kinds == 0) kinds = counts.Length;
        if (total == 0) throw new ArgumentException("Nothing was counted.", nameof(counts));
        if (seen > kinds) throw new ArgumentException($"{seen} kinds were seen but only {kinds} are possible.", nameof(kinds));
        double entropy = 0, squares = 0;
        foreach (var count in counts)
        {
            if (count == 0) continue;
            var p = count / total;
            entropy -= p * Math.Log(p);
            squares += p * Math.Log(p) * Math.Log(p);
        }

        var half = Normal.Quantile(0.5 + level / 2) * Math.Sqrt(Math.Max(0, squares - entropy * entropy) / total);
        var most = Math.Log(kinds);
        var normalised = kinds < 2
            ? new Interval(double.NaN, double.NaN, double.NaN)
            : new Interval(entropy / most, Math.Max(0, (entropy - half) / most), Math.Min(1, (entropy + half) / most));
        var reason = string.Create(CultureInfo.InvariantCulture, $"{seen} of {kinds} kinds occur; as diverse as {Math.Exp(entropy):0.0} kinds in equal parts.");
        return new DiversityIndex(entropy, normalised, Math.Exp(entropy), reason);
    }
}
