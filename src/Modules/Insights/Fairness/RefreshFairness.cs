using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

/// <summary>Keeps the report of a tenant up to date.</summary>
internal sealed class RefreshFairness(ComputeFairness compute) : IRecurring
{
    public Task<Result<Done>> RunAsync(CancellationToken ct) => compute.RunAsync(ct);
}
