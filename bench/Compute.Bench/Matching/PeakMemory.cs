using System.Diagnostics;
using System.Runtime;

namespace Trellis.Compute.Bench.Matching;

/// <summary>Samples the working set every few milliseconds, so that a measurement's own peak is seen and not that of what was made before it.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer _timer;
    private long _peak;

    public PeakMemory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _timer = new Timer(_ => _peak = Math.Max(_peak, Environment.WorkingSet), null, 0, 20);
    }

    /// <summary>The highest working set seen, bytes.</summary>
    public long Stop()
    {
        _timer.Dispose();
        return _peak = Math.Max(_peak, Environment.WorkingSet);
    }

    public void Dispose() => _timer.Dispose();
}
