using Trellis.Partners.Published;

namespace Trellis.Deals.Published;

/// <summary>In which motion a registration is made. The rules of engagement and every figure by motion ask this.</summary>
public static class DealMotion
{
    /// <summary>The motions in which a partner sells, the weightiest first.</summary>
    public static readonly IReadOnlyList<Motion> Selling = [Motion.Resell, Motion.CoSell, Motion.Referral, Motion.Marketplace];

    /// <summary>The partner's first active selling motion; null where it has none.</summary>
    public static Motion? Of(IReadOnlyCollection<Motion> active) => Selling.Where(active.Contains).Select(m => (Motion?)m).FirstOrDefault();
}
