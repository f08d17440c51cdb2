using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights.Forecasts;

/// <summary>Puts a forecast in the place of an earlier one.</summary>
internal sealed class ReplaceForecast(Work work) : UseCase<Forecast, Done>(work)
{
    protected override Permission Permission => ForecastPermissions.Compute;

    protected override async Task<Result<Done>> HandleAsync(Forecast input, CancellationToken ct)
    {
        await Work.LockAsync("insights.forecast", ct);
        await Db.Set<ForecastRun>().ExecuteDeleteAsync(ct);
        Db.Add(ComputeForecast.Run(Work.Tenant, input));
        return default(Done);
    }
}
