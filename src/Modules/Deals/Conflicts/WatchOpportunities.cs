using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>After an import of opportunities: which living registrations have met the direct team since they were made?</summary>
internal sealed class WatchOpportunities(Work work) : UseCase<DateTime, int>(work)
{
    private const int Most = 5000;

    protected override Permission Permission => ConflictsPermissions.Clock;

    protected override async Task<Result<int>> HandleAsync(DateTime at, CancellationToken ct)
    {
        var alive = DealLifecycle.Claiming.Concat(DealLifecycle.Pending).ToArray();
        OpportunityStage[] open = [OpportunityStage.Prospecting, OpportunityStage.Engaging];
        var met = await (
            from d in Db.Set<Deal>().AsNoTracking()
            join o in Db.Set<OpportunityRow>() on new { d.TenantId, d.AccountId } equals new { o.TenantId, o.AccountId }
            where alive.Contains(d.State) && d.AccountId != null && open.Contains(o.Stage) && (d.ProductId == null || o.ProductId == null || d.ProductId == o.ProductId)
                && (d.OpportunityId == null || d.OpportunityId != o.Id)
                && !Db.Set<Deal>().Any(x => x.TenantId == o.TenantId && x.OpportunityId == o.Id)
                && !Db.Set<Conflict>().Any(c => c.TenantId == d.TenantId && c.DealId == d.Id && c.OpportunityId == o.Id)
            orderby o.Id descending
            select new { Deal = d, o.Id, o.ExternalId, o.OpenedOn }).Take(Most).ToListAsync(ct);
        var opened = 0;
        foreach (var pair in met.Where(m => IsNews(m.Deal, m.Id, m.OpenedOn)).DistinctBy(m => m.Deal.Id))
            opened += await ConflictWatch.SuspectAsync(Work, ConflictWatch.WithDirect(Work, pair.Deal, pair.Id, pair.ExternalId, "import of opportunities"), ct) ? 1 : 0;
        return opened;
    }

    // What Trellis knew before the registration was weighed when that was decided. A file may bring on Sunday what the direct team began on Monday.
    private static bool IsNews(Deal deal, OpportunityId opportunity, DateOnly? openedOn) =>
        openedOn is not { } day || deal.SubmittedAt is not { } sent || day >= DateOnly.FromDateTime(sent) || Ids.MadeAt(opportunity) >= sent;
}
