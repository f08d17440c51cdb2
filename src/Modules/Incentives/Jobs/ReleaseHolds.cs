using Trellis.Kernel;

namespace Trellis.Incentives.Jobs;

/// <summary>By the clock: holds that have ended are released, and plans whose last day has passed are retired.</summary>
internal sealed class ReleaseHolds(Work work, ReleaseDue release, RetirePlans retire) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var retired = await retire.RunAsync(work.Today, ct);
        var released = await release.RunAsync(work.Today, ct);
        return released.Then(_ => retired.Then<Done>(_ => default(Done)));
    }
}
