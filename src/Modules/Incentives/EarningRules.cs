using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>A partner's claim on a won deal.</summary>
/// <param name="Reward">The best reward of the plan for a segment to which the partner belonged when the deal was won.</param>
/// <param name="Motion">The motion whose tier it is; null where it is the partner's own.</param>
internal readonly record struct Claim(PartnerId Partner, DealRole Role, int ShareBasisPoints, Tier Tier, Reward? Reward = null, Motion? Motion = null)
{
    /// <summary>A share of a deal with the tier that counts for it: that of the motion of the role, and of the deal's motion for whoever registered it.</summary>
    public static Claim Of((PartnerId Partner, DealRole Role, int BasisPoints) share, Motion? deal, Tier own, IEnumerable<(Motion Motion, Tier Tier)> active, Reward? reward)
    {
        var counting = DealMotion.Counting(own, active, DealMotion.OfRole(share.Role, deal));
        return new Claim(share.Partner, share.Role, share.BasisPoints, counting.Tier, reward, counting.Motion);
    }
}

/// <summary>What the rules of engagement gave to the registration: which part of the credit, and by which compensation rule it is paid.</summary>
internal sealed record Granted(string? RuleId, int? CreditBasisPoints, string? Compensation)
{
    public static readonly Granted Nothing = new(null, null, null);
}

/// <summary>What a claim is worth.</summary>
/// <param name="Compensation">The compensation rule whose rate was taken; null for that of the tier.</param>
/// <param name="CreditBasisPoints">The part of the credit that counted; null for all of it.</param>
/// <param name="Reward">The reward that is part of the rate.</param>
internal readonly record struct EarningLine(Claim Claim, long Base, int RateBasisPoints, long Amount, string? Compensation = null, int? CreditBasisPoints = null, Reward? Reward = null);

/// <summary>A rate with what it is made of.</summary>
internal readonly record struct ClaimRate(int BasisPoints, string? Compensation, Reward? Reward);

/// <summary>
/// The computation of earnings: the deal's value is split by the agreed shares without losing a minor unit, then each part is multiplied by the rate
/// of the partner's role and of the tier of its motion, half away from zero. Of the partner that registered, the part of the credit counts that the rules gave to the
/// registration, and a compensation rule that they name and the plan knows takes the place of the rate by tier. Whoever is in a segment that the plan
/// rewards earns that beside the rate by tier, where its role earns at all; a plan may be for its segments alone.
/// </summary>
internal static class EarningRules
{
    public static IReadOnlyList<EarningLine> Decide(Money won, IReadOnlyList<Claim> claims, PlanTerms plan, Granted? granted = null)
    {
        if (claims.Count == 0) return [];
        var parts = won.Split([.. claims.Select(c => (decimal)c.ShareBasisPoints)]);
        return [.. claims.Select((claim, i) => Line(claim, parts[i], plan, claim.Role == DealRole.Source ? granted ?? Granted.Nothing : Granted.Nothing))];
    }

    private static EarningLine Line(Claim claim, Money part, PlanTerms plan, Granted granted)
    {
        var counted = granted.CreditBasisPoints is { } credit ? part.Percent(credit) : part;
        var rate = Rate(claim, plan, granted.Compensation);
        return new EarningLine(claim, counted.Minor, rate.BasisPoints, counted.Percent(rate.BasisPoints).Minor, rate.Compensation, granted.CreditBasisPoints, rate.Reward);
    }

    /// <summary>The rate of a claim: of a compensation rule that was named, or by role and tier with what a segment brings.</summary>
    public static ClaimRate Rate(Claim claim, PlanTerms plan, string? compensation)
    {
        if (plan.OnlySegments && claim.Reward is null) return default;
        if (compensation is { } name && plan.Schemes.TryGetValue(name, out var paid)) return new ClaimRate(paid, name, null);
        var rate = plan.Rate(claim.Role, claim.Tier);
        return rate > 0 && claim.Reward is { BasisPoints: > 0 } reward ? new ClaimRate(rate + reward.BasisPoints, null, reward) : new ClaimRate(rate, null, null);
    }
}
