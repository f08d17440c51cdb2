using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Forgets what was removed so long ago that nobody puts it back any more. Run by the clock.</summary>
internal sealed class ForgetRemoved(Work work) : UseCase<DateTime, int>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<int>> HandleAsync(DateTime before, CancellationToken ct) =>
        await Db.Set<DealTask>().IgnoreQueryFilters([Db.RemovedFilter]).Where(t => t.RemovedAt < before).ExecuteDeleteAsync(ct)
        + await Db.Set<Milestone>().IgnoreQueryFilters([Db.RemovedFilter]).Where(m => m.RemovedAt < before).ExecuteDeleteAsync(ct);
}
