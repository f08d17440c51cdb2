using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>A partner's claim on a won deal.</summary>
internal readonly record struct Claim(PartnerId Partner, DealRole Role, int ShareBasisPoints, Tier Tier);

/// <summary>What a claim is worth.</summary>
internal readonly record struct EarningLine(Claim Claim, long Base, int RateBasisPoints, long Amount);

/// <summary>
/// The computation of earnings: the deal's value is split by the agreed shares without losing a minor unit, then each part is multiplied by the rate
/// of the partner's role and tier, half away from zero.
/// </summary>
internal static class EarningRules
{
    public static IReadOnlyList<EarningLine> Decide(Money won, IReadOnlyList<Claim> claims, PlanTerms plan)
    {
        if (claims.Count == 0) return [];
        var parts = won.Split([.. claims.Select(c => (decimal)c.ShareBasisPoints)]);
        return [.. claims.Select((claim, i) =>
        {
            var rate = plan.Rate(claim.Role, claim.Tier);
            return new EarningLine(claim, parts[i].Minor, rate, parts[i].Percent(rate).Minor);
        })];
    }
}
