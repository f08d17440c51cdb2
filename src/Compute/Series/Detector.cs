using Trellis.Compute.Learning;

namespace Trellis.Compute.Series;

/// <summary>Looks through whole series.</summary>
public static class Detector
{
    /// <summary>Runs a <see cref="Watcher"/> over a series, oldest observation first.</summary>
    /// <param name="values">One observation per period; NaN where there is none.</param>
    /// <param name="options">How to watch.</param>
    /// <param name="holidays">Code of each observation's holiday or −1; none when null.</param>
    /// <param name="cancel">Checked every thousand observations.</param>
    /// <returns>What was found, in order.</returns>
    public static List<Finding> Scan(ReadOnlySpan<double> values, WatchOptions options, int[]? holidays = null, CancellationToken cancel = default)
    {
        if (holidays is not null && holidays.Length != values.Length) throw new ArgumentException($"There are {values.Length} observations and {holidays.Length} holiday codes.", nameof(holidays));
        var watcher = new Watcher(options);
        var findings = new List<Finding>();
        for (var i = 0; i < values.Length; i++)
        {
            if (i % 1000 == 0) cancel.ThrowIfCancellationRequested();
            if (watcher.Observe(values[i], holidays?[i] ?? -1) is { } finding) findings.Add(finding);
        }

        return findings;
    }

    /// <summary>Scans many series, for example one per partner; the same for any number of threads.</summary>
    public static List<Finding>[] ScanMany(
        IReadOnlyList<double[]> series, WatchOptions options, int[]? holidays = null, int threads = 1, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var findings = new List<Finding>[series.Count];
        var done = 0;
        Work.Run(series.Count, threads, cancel, s =>
        {
            findings[s] = Scan(series[s], options, holidays, cancel);
            progress?.Report(Interlocked.Increment(ref done) / (double)series.Count);
        });
        return findings;
    }
}
