using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Two accounts became one: what lives on the one may stand against what lives on the other, and nobody has weighed that yet.</summary>
internal static class MergedClaims
{
    private const int Most = 50;
    private const string Why = "two accounts became one";

    /// <param name="work">The use case.</param>
    /// <param name="moved">The registrations that the merge has carried over.</param>
    /// <param name="into">The account that stays.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task WatchAsync(Work work, IReadOnlyList<Deal> moved, AccountId into, CancellationToken ct)
    {
        var (ids, alive) = (moved.Select(d => d.Id).ToList(), DealLifecycle.Claiming.Concat(DealLifecycle.Pending).ToArray());
        var there = await work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(d => d.AccountId == into && alive.Contains(d.State) && !ids.Contains(d.Id))
            .OrderByDescending(d => d.Id).Take(Most).ToListAsync(ct);
        var came = moved.Where(d => alive.Contains(d.State)).Take(Most).ToList();
        foreach (var (one, other) in came.SelectMany(d => there, (one, other) => (one, other)).Where(p => p.one.PartnerId != p.other.PartnerId && Overlap(p.one.ProductId, p.other.ProductId)))
        {
            var (later, earlier) = one.SubmittedAt >= other.SubmittedAt ? (one, other) : (other, one);
            await ConflictWatch.SuspectAsync(work, ConflictWatch.Begin(work, later, ConflictKind.PartnerPartner, Why, earlier.CustomerName, earlier.Id, earlier.PartnerId, null), ct);
        }

        await WatchDirectAsync(work, [.. came, .. there], into, ct);
    }

    // The newest stands for all that the direct team has open there, as in a decision; who stands against the direct team already stays as it is.
    private static async Task WatchDirectAsync(Work work, List<Deal> deals, AccountId account, CancellationToken ct)
    {
        if (deals.Count == 0) return;
        OpportunityStage[] stages = [OpportunityStage.Prospecting, OpportunityStage.Engaging];
        var open = await work.Db.Set<OpportunityRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(o => o.AccountId == account && stages.Contains(o.Stage)
                && !work.Db.Set<Deal>().Any(d => d.TenantId == o.TenantId && d.OpportunityId == o.Id))
            .OrderByDescending(o => o.OpenedOn).ThenByDescending(o => o.Id).Take(Most).ToListAsync(ct);
        var ids = deals.Select(d => d.Id).ToList();
        var stand = await work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).Where(c => c.Kind == ConflictKind.PartnerDirect && ids.Contains(c.DealId)).Select(c => c.DealId).ToListAsync(ct);
        foreach (var deal in deals.Where(d => !stand.Contains(d.Id)))
            if (open.Find(o => Overlap(deal.ProductId, o.ProductId)) is { } direct) await ConflictWatch.SuspectAsync(work, ConflictWatch.WithDirect(work, deal, direct.Id, direct.ExternalId, Why), ct);
    }

    private static bool Overlap(ProductId? one, ProductId? other) => one is null || other is null || one == other;
}
