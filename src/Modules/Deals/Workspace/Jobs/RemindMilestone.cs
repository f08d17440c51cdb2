using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace.Jobs;

/// <summary>Reminds whoever has one milestone in their hands, unless it was reached or reminded of meanwhile. Run by the clock.</summary>
internal sealed class RemindMilestone(Work work, WorkspaceMail mail) : UseCase<MilestoneId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(MilestoneId id, CancellationToken ct)
    {
        var milestone = await Db.Set<Milestone>().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (milestone is null) return WorkspaceProblems.NoMilestone();
        if (milestone.DoneAt is not null || milestone.RemindedAt is not null) return false;
        var deal = await Db.Set<Deal>().AsNoTracking().SingleAsync(d => d.Id == milestone.DealId, ct);
        milestone.RemindedAt = Work.Now;
        if (DealLifecycle.IsOver(deal.State) && deal.State != DealState.Won) return false;
        await mail.MilestoneDueAsync(deal, milestone, ct);
        return true;
    }
}
