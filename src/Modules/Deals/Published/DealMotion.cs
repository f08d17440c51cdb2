using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Published;

/// <summary>A tier that counts, and the motion that has it; no motion where it is the partner's own.</summary>
public readonly record struct MotionTier(Tier Tier, Motion? Motion);

/// <summary>In which motion a registration is made, and whose tier counts. The rules of engagement, protection, leads, rates and every figure by motion ask this.</summary>
public static class DealMotion
{
    /// <summary>The motions in which a partner sells, the weightiest first.</summary>
    public static readonly IReadOnlyList<Motion> Selling = [Motion.Resell, Motion.CoSell, Motion.Referral, Motion.Marketplace];

    /// <summary>The partner's first active selling motion; null where it has none.</summary>
    public static Motion? Of(IReadOnlyCollection<Motion> active) => Selling.Where(active.Contains).Select(m => (Motion?)m).FirstOrDefault();

    /// <summary>In which motion a partner works in a role of a deal; the source works in the deal's own.</summary>
    public static Motion? OfRole(DealRole role, Motion? deal) => role switch
    {
        DealRole.Influence => Motion.Influence,
        DealRole.Resell => Motion.Resell,
        DealRole.Deliver => Motion.Deliver,
        DealRole.Retain => Motion.Retain,
        DealRole.Integrate => Motion.CoInnovate,
        DealRole.Marketplace => Motion.Marketplace,
        _ => deal,
    };

    /// <summary>The tier that counts: that of the motion while it is active, else the partner's.</summary>
    public static MotionTier Counting(Tier own, IEnumerable<(Motion Motion, Tier Tier)> active, Motion? motion) =>
        active.Where(m => m.Motion == motion).Select(m => (MotionTier?)new MotionTier(m.Tier, m.Motion)).FirstOrDefault() ?? new MotionTier(own, null);

    /// <summary>The tier that counts for a deal.</summary>
    public static async Task<Tier> TierAsync(Work work, PartnerRow holder, Motion? motion, CancellationToken ct) =>
        motion is null ? holder.Tier : Counting(holder.Tier, (await ActiveAsync(work.Db, [holder.Id], ct))[holder.Id], motion).Tier;

    /// <summary>The active motions of some partners, each with its tier.</summary>
    public static async Task<ILookup<PartnerId, (Motion Motion, Tier Tier)>> ActiveAsync(Db db, IReadOnlyCollection<PartnerId> partners, CancellationToken ct)
    {
        var ids = partners.ToArray();
        var rows = await db.Set<PartnerMotionRow>().IgnoreQueryFilters([Db.PartnerFilter]).Where(m => ids.Contains(m.PartnerId) && m.State == MotionState.Active).Select(m => new { m.PartnerId, m.Motion, m.Tier }).ToListAsync(ct);
        return rows.ToLookup(m => m.PartnerId, m => (m.Motion, m.Tier));
    }
}
