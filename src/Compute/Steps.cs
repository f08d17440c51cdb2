namespace Trellis.Compute;

/// <summary>Tells how much of a known number of steps is done; may be called from several threads.</summary>
internal sealed class Steps(IProgress<double>? progress, int total)
{
    private int done;

    public void Done()
    {
        if (progress is not null) progress.Report((double)Interlocked.Increment(ref done) / total);
    }
}
