using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Seals new entries, twice a minute.</summary>
internal sealed class SealAudit(Chain chain) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        await chain.SealAsync(ct);
        return default(Done);
    }
}
