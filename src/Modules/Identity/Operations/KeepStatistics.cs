using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>Once a day the planner of queries learns anew how much there is: a company that has grown since yesterday is read by other indexes.</summary>
internal sealed class KeepStatistics(Db db, Work work, ITenants tenants) : IRecurring
{
    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        // The tables are those of all tenants: once is enough.
        if (await tenants.IsRunByAsync(work.Tenant, ct)) await db.Engine.AnalyseAsync(db, ct);
        return default(Done);
    }
}
