using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>What a decision of the rules gave to a registration besides protection. Of several decisions on one registration the newest counts; a portal actor sees none.</summary>
[PublishedRow("deals_decision")]
public sealed class DecisionTermsRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public DateTime At { get; init; }

    /// <summary>The version of the rules.</summary>
    public int RuleSetNumber { get; init; }

    /// <summary>The rule that decided.</summary>
    public string? RuleId { get; init; }

    /// <summary>The part of the credit that the registration gives, in basis points; null where the rule does not say.</summary>
    public int? CreditBasisPoints { get; init; }

    /// <summary>The name of the compensation rule by which it is paid; null where the rule does not say.</summary>
    public string? Compensation { get; init; }
}
