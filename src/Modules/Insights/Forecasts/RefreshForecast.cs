using Trellis.Kernel;

namespace Trellis.Insights.Forecasts;

/// <summary>Keeps the forecast of a tenant up to date.</summary>
internal sealed class RefreshForecast(ComputeForecast compute) : IRecurring
{
    public Task<Result<Done>> RunAsync(CancellationToken ct) => compute.RunAsync(ct);
}
