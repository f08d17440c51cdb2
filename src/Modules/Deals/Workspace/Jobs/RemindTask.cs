using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace.Jobs;

/// <summary>Reminds the owner of one task, unless it was done or reminded of meanwhile. Run by the clock.</summary>
internal sealed class RemindTask(Work work, WorkspaceMail mail) : UseCase<DealTaskId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(DealTaskId id, CancellationToken ct)
    {
        var task = await Db.Set<DealTask>().SingleOrDefaultAsync(t => t.Id == id, ct);
        if (task is null) return WorkspaceProblems.NoTask();
        if (task.DoneAt is not null || task.RemindedAt is not null) return false;
        var deal = await Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == task.DealId, ct);
        task.RemindedAt = Work.Now;
        if (DealLifecycle.IsOver(deal.State) && deal.State != DealState.Won) return false;
        await mail.TaskDueAsync(deal, task, ct);
        return true;
    }
}
