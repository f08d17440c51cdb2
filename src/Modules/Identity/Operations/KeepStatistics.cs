using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>Once a day the planner of queries learns anew how much there is: a company that has grown since yesterday is read by other indexes.</summary>
internal sealed class KeepStatistics(Db db) : IRecurring
{
    public Task RunAsync(CancellationToken ct) => db.Engine.AnalyseAsync(db, ct);
}
