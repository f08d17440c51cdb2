using Trellis.Kernel;

namespace Trellis.Insights.Fairness;

/// <summary>Keeps the report of a tenant up to date.</summary>
internal sealed class RefreshFairness(ComputeFairness compute) : IRecurring
{
    public Task<Result<Done>> RunAsync(CancellationToken ct) => compute.RunAsync(ct);
}
