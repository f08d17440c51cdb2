namespace Trellis.Kernel;

/// <summary>Percentiles as values that have occurred.</summary>
public static class NearestRank
{
    /// <summary>The smallest value that at least this part of all does not exceed (nearest rank; Hyndman and Fan 1996, definition 1); null of none.</summary>
    /// <param name="sorted">From the smallest to the largest.</param>
    /// <param name="part">Above 0, at most 1: 0.5 is the median.</param>
    public static long? Of(IReadOnlyList<long> sorted, double part) => sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(part * sorted.Count) - 1];
}
