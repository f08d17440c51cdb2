using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

/// <summary>
/// Lets an update wait when a deal changes after it was sent. One waits at most of each deal and system: what has not gone out yet goes with the newest state anyway. What was fetched or sent before keeps
/// its key, also where nobody answered; so whatever changes after that needs an update with a key of its own.
/// </summary>
internal static class QueueUpdate
{
    private const int Together = 500;

    /// <summary>The same for all deals of these customers that went over.</summary>
    public static async Task OfAccountsAsync(Work work, IReadOnlyList<AccountId> accounts, CancellationToken ct)
    {
        if (!await work.Db.Set<ConnectedSystem>().AnyAsync(s => s.IsOn, ct)) return;
        foreach (var some in accounts.Chunk(Together))
        {
            var deals = await (from d in work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter])
                               join h in work.Db.Set<Handover>() on new { d.TenantId, DealId = d.Id } equals new { h.TenantId, h.DealId }
                               where h.Revision == 0 && d.AccountId != null && some.Contains(d.AccountId.Value)
                               select d.Id).Distinct().ToListAsync(ct);
            foreach (var deal in deals.Order(Comparer<DealId>.Create((a, b) => a.Value.CompareTo(b.Value)))) await RunAsync(work, deal, ct);
        }
    }

    public static async Task RunAsync(Work work, DealId deal, CancellationToken ct)
    {
        foreach (var system in await work.Db.Set<Handover>().Where(h => h.DealId == deal && h.Revision == 0).Select(h => h.System).OrderBy(s => s).ToListAsync(ct))
        {
            if (!await work.Db.Set<ConnectedSystem>().AnyAsync(s => s.System == system && s.IsOn, ct)) continue;
            await work.LockAsync(QueueHandovers.Key(system), ct);
            var (newest, first) = (await NewestAsync(work, deal, system, ct), await work.Db.Set<Handover>().AsNoTracking().SingleAsync(h => h.DealId == deal && h.System == system && h.Revision == 0, ct));
            if (first.State is HandoverState.Skipped or HandoverState.Moot || newest is { State: HandoverState.Waiting, Facts: null }) continue;
            var document = (await HandoverDocuments.OfAsync(work, [newest.Id], ct)).Single();
            if (!HandoverFacts.Told.Contains(document.State) || HandoverFacts.Of(document) == newest.Facts || await HandoverFacts.IsOwnNewsAsync(work, document, ct)) continue;
            work.Db.Add(Handover.Begin(work.Tenant, work.NewId<HandoverId>(), deal, system, work.Now, newest.Revision + 1));
            // Another event of the same deal may be heard in the same transaction.
            await work.SaveAsync(ct);
        }
    }

    private static Task<Handover> NewestAsync(Work work, DealId deal, ConnectedKind system, CancellationToken ct) =>
        work.Db.Set<Handover>().AsNoTracking().Where(h => h.DealId == deal && h.System == system).OrderByDescending(h => h.Revision).FirstAsync(ct);
}
