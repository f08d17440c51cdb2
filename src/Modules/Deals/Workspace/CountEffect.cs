using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Counts the comparison anew. It reads for long and writes for a moment, so that no other writer waits.</summary>
internal sealed class CountEffect(Work work, KeepEffect keep) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct) => await keep.RunAsync(await EffectPages.CountAsync(work, ct), ct);
}
