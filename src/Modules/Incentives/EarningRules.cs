using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>A partner's claim on a won deal.</summary>
internal readonly record struct Claim(PartnerId Partner, DealRole Role, int ShareBasisPoints, Tier Tier);

/// <summary>What the rules of engagement gave to the registration: which part of the credit, and by which compensation rule it is paid.</summary>
internal sealed record Granted(string? RuleId, int? CreditBasisPoints, string? Compensation)
{
    public static readonly Granted Nothing = new(null, null, null);
}

/// <summary>What a claim is worth.</summary>
/// <param name="Compensation">The compensation rule whose rate was taken; null for that of the tier.</param>
/// <param name="CreditBasisPoints">The part of the credit that counted; null for all of it.</param>
internal readonly record struct EarningLine(Claim Claim, long Base, int RateBasisPoints, long Amount, string? Compensation = null, int? CreditBasisPoints = null);

/// <summary>
/// The computation of earnings: the deal's value is split by the agreed shares without losing a minor unit, then each part is multiplied by the rate
/// of the partner's role and tier, half away from zero. Of the partner that registered, the part of the credit counts that the rules gave to the
/// registration, and a compensation rule that they name and the plan knows takes the place of the rate by tier.
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
        var named = granted.Compensation is { } name && plan.Schemes.ContainsKey(name) ? name : null;
        var rate = named is null ? plan.Rate(claim.Role, claim.Tier) : plan.Schemes[named];
        return new EarningLine(claim, counted.Minor, rate, counted.Percent(rate).Minor, named, granted.CreditBasisPoints);
    }
}
