using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

internal readonly record struct FairRowId(Guid Value) : ITypedId<FairRowId>
{
    public static string Prefix => "fair";
    public static FairRowId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FairRowId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What the report measures.</summary>
internal enum FairMeasure
{
    DecisionInTime,
    RulesOverridden,
    LostToDirect,
    ProtectionHonoured,
    PaidInTime,
    TierByHand,
    LargePartners,
    LeadsToLarge,
}

/// <summary>How much a partner registers.</summary>
internal enum PartnerSize
{
    Small,
    Middle,
    Large,
}

/// <summary>One row behind the report: a decision, a protection, a line of money, a lead. Every figure is computed from these rows and nothing else.</summary>
internal sealed class FairRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public FairRowId Id { get; init; }
    public FairMeasure Measure { get; init; }

    /// <summary>The record's id as text.</summary>
    public string Subject { get; init; } = "";

    public string Title { get; init; } = "";
    public PartnerId PartnerId { get; init; }
    public string PartnerName { get; init; } = "";
    public Tier Tier { get; init; }
    public PartnerSize Size { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>Whether the row counts for the share of its measure.</summary>
    public bool Counted { get; init; }

    /// <summary>How long it took, where the measure is about time.</summary>
    public long? Minutes { get; init; }

    /// <summary>Why it counts or not, in words.</summary>
    public string Note { get; init; } = "";
}

/// <summary>The figures of the last computation; the rows beside it are theirs.</summary>
internal sealed class FairRun : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DateTime ComputedAt { get; init; }
    public DateOnly From { get; init; }
    public DateOnly To { get; init; }

    /// <summary>JSON: a list of <see cref="FairFigure"/>.</summary>
    public required string Figures { get; init; }
}

/// <summary>What the vendor promises about payment, and whether partners see the report.</summary>
internal sealed class FairSetting : ITenantOwned, IVersioned
{
    public const int DefaultPaymentDays = 45;

    public TenantId TenantId { get; init; }
    public bool ShownToPartners { get; private set; }

    /// <summary>Days after the end of the hold period within which an earning is paid.</summary>
    public int PaymentDays { get; private set; } = DefaultPaymentDays;

    public long Version { get; set; }

    public void Change(bool shown, int paymentDays) => (ShownToPartners, PaymentDays) = (shown, paymentDays);
}
