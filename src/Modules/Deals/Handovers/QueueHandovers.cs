using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>
/// Lets wait what shall go over: for the CRM every protected deal without an opportunity, for the ERP what was won since it was connected. It asks the deals
/// themselves, so that nothing is forgotten however a deal got there, and a registration costs nothing more. Run by the clock.
/// </summary>
internal sealed class QueueHandovers(Work work) : UseCase<ConnectedKind, int>(work)
{
    public const int Most = 500;
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    protected override Permission Permission => DealsPermissions.Clock;

    public static string Key(ConnectedKind system) => $"deal-handovers:{Words.Of(system)}";

    protected override async Task<Result<int>> HandleAsync(ConnectedKind system, CancellationToken ct)
    {
        if (await Db.Set<ConnectedSystem>().AsNoTracking().SingleOrDefaultAsync(s => s.System == system && s.IsOn, ct) is not { } connected) return 0;
        await Work.LockAsync(Key(system), ct);
        if (system == ConnectedKind.Crm) await EndAsync(ct);
        else await EndCorrectedAsync(ct);
        await EndUpdatesAsync(system, ct);
        var (all, since) = (Db.Set<Deal>().AsNoTracking(), connected.Since);
        // What was won long before the newest one waits or is there already.
        if (system == ConnectedKind.Erp && await Db.Set<Handover>().Where(h => h.System == system && h.Revision == 0).MaxAsync(h => (DateTime?)h.CreatedAt, ct) is { } newest && newest - Slack > since) since = newest - Slack;
        var due = system == ConnectedKind.Crm ? all.Where(d => d.State == DealState.Approved && d.OpportunityId == null) : all.Where(d => d.State == DealState.Won && d.StateSince >= since);
        var there = Db.Set<Handover>();
        var deals = await due.Where(d => !there.Any(h => h.TenantId == d.TenantId && h.DealId == d.Id && h.System == system)).OrderBy(d => d.Id).Select(d => d.Id).Take(Most).ToListAsync(ct);
        Db.AddRange(deals.Select(deal => Handover.Begin(Work.Tenant, Work.NewId<HandoverId>(), deal, system, Work.Now)));
        return deals.Count;
    }

    // Whoever does not get the deal gets no news of it.
    private async Task EndUpdatesAsync(ConnectedKind system, CancellationToken ct)
    {
        var over = await (from h in Db.Set<Handover>()
                          join f in Db.Set<Handover>() on new { h.TenantId, h.DealId, h.System, Revision = 0 } equals new { f.TenantId, f.DealId, f.System, f.Revision }
                          where h.System == system && h.Revision > 0 && (h.State == HandoverState.Waiting || h.State == HandoverState.Failed) && (f.State == HandoverState.Moot || f.State == HandoverState.Skipped)
                          select h).Take(Most).ToListAsync(ct);
        foreach (var handover in over) handover.Move(Work, HandoverTrigger.End, "The deal itself did not go over.");
    }

    // A win that was taken back bills nothing, as long as nobody has fetched it.
    private async Task EndCorrectedAsync(CancellationToken ct)
    {
        var over = await (from h in Db.Set<Handover>()
                          join d in Db.Set<Deal>() on new { h.TenantId, Id = h.DealId } equals new { d.TenantId, d.Id }
                          where h.System == ConnectedKind.Erp && h.Revision == 0 && (h.State == HandoverState.Waiting || h.State == HandoverState.Failed) && d.State == DealState.Lost
                          select h).Take(Most).ToListAsync(ct);
        foreach (var handover in over) handover.Move(Work, HandoverTrigger.End, "The win was taken back.");
    }

    // What was linked by hand or ended needs no opportunity any more; whoever has just fetched it may still answer.
    private async Task EndAsync(CancellationToken ct)
    {
        var now = Work.Now;
        var over = await (from h in Db.Set<Handover>()
                          join d in Db.Set<Deal>() on new { h.TenantId, Id = h.DealId } equals new { d.TenantId, d.Id }
                          where h.System == ConnectedKind.Crm && h.Revision == 0 && (h.State == HandoverState.Waiting || h.State == HandoverState.Failed || (h.State == HandoverState.Taken && h.LeasedUntil < now)) && (d.State != DealState.Approved || d.OpportunityId != null)
                          select h).Take(Most).ToListAsync(ct);
        foreach (var handover in over) handover.Move(Work, HandoverTrigger.End, "The deal has ended, or went on there by another way.");
    }
}
