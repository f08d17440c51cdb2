using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>The rows of some deals before and after they were written anew.</summary>
internal sealed record FlowChange(IReadOnlyList<FlowRow> Before, IReadOnlyList<FlowRow> After)
{
    public Motion? MotionOf(DealId deal) => After.FirstOrDefault(r => r.DealId == deal)?.Motion;
}

/// <summary>Writes the way of deals anew from their present facts.</summary>
internal static class TrackFlow
{
    public static async Task<FlowChange> RunAsync(Work work, DealId[] ids, CancellationToken ct)
    {
        var db = work.Db;
        var deals = await db.Set<DealRow>().Where(d => ids.Contains(d.Id)).ToListAsync(ct);
        var before = await db.Set<FlowRow>().AsNoTracking().Where(r => ids.Contains(r.DealId)).ToListAsync(ct);
        var after = await OfAsync(db, deals, before.ToDictionary(r => r.DealId), ct);
        await db.Set<FlowRow>().Where(r => ids.Contains(r.DealId)).ExecuteDeleteAsync(ct);
        await db.Engine.InsertAsync(db, after, ct);
        return new FlowChange(before, after);
    }

    public static async Task<IReadOnlyList<FlowRow>> OfAsync(Db db, IReadOnlyList<DealRow> deals, IReadOnlyDictionary<DealId, FlowRow> known, CancellationToken ct)
    {
        var holders = deals.Select(d => d.PartnerId).Distinct().ToArray();
        var motions = (await db.Set<PartnerMotionRow>().Where(m => holders.Contains(m.PartnerId) && m.State == MotionState.Active).Select(m => new { m.PartnerId, m.Motion }).ToListAsync(ct)).ToLookup(m => m.PartnerId, m => m.Motion);
        var tiers = await db.Set<PartnerRow>().Where(p => holders.Contains(p.Id)).Select(p => new { p.Id, p.Tier }).ToDictionaryAsync(p => p.Id, p => p.Tier, ct);
        return [.. deals.Select(d => FlowRules.Of(d, known.GetValueOrDefault(d.Id), d.Motion ?? DealMotion.Of([.. motions[d.PartnerId]]), tiers.GetValueOrDefault(d.PartnerId))).OfType<FlowRow>()];
    }
}
