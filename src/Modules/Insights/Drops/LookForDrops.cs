using Trellis.Kernel;

namespace Trellis.Insights.Drops;

/// <summary>Once a day, for each tenant.</summary>
internal sealed class LookForDrops(WatchRegistrations watch) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct) => (await watch.RunAsync(default, ct)).Then<Done>(_ => default(Done));
}
