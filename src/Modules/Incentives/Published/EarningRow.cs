using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives.Published;

/// <summary>Names an earning line.</summary>
public readonly record struct EarningId(Guid Value) : ITypedId<EarningId>
{
    public static string Prefix => "earn";
    public static EarningId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out EarningId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Names an incentive plan.</summary>
public readonly record struct PlanId(Guid Value) : ITypedId<PlanId>
{
    public static string Prefix => "plan";
    public static PlanId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PlanId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where an earning line stands.</summary>
public enum EarningState
{
    /// <summary>Earned; the plan's hold period runs.</summary>
    Accrued,

    /// <summary>Held by a person, with a reason.</summary>
    OnHold,

    /// <summary>Confirmed by a person; the hold period runs to its end.</summary>
    Approved,

    /// <summary>The partner says that it is wrong.</summary>
    Disputed,

    /// <summary>Goes into the next payout.</summary>
    Payable,

    /// <summary>In a payout that is not settled yet.</summary>
    InBatch,

    Paid,

    /// <summary>Taken back by an opposite line of the ledger.</summary>
    Reversed,
}

/// <summary>What an earning line is.</summary>
public enum EarningKind
{
    Earning,

    /// <summary>The opposite of a line that had been paid already: a negative amount that the next payout takes into account.</summary>
    Clawback,
}

/// <summary>What one partner earned from one deal, with everything it was computed from. A portal actor sees its own partner's lines.</summary>
[PublishedRow("incentives_earning")]
public sealed class EarningRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public EarningId Id { get; init; }
    public PartnerId PartnerId { get; init; }
    public DealId DealId { get; init; }
    public string DealTitle { get; init; } = "";
    public EarningKind Kind { get; init; }
    public DealRole Role { get; init; }

    /// <summary>The share of the deal in basis points, by <see cref="Model"/>.</summary>
    public int ShareBasisPoints { get; init; }

    /// <summary>The attribution model that gave the share.</summary>
    public string Model { get; init; } = "";

    /// <summary>The tier that counted when the deal was won.</summary>
    public Tier Tier { get; init; }

    /// <summary>The motion whose tier it is; null where it is the partner's own, and in lines of before.</summary>
    public Motion? TierMotion { get; init; }

    public int RateBasisPoints { get; init; }
    public PlanId PlanId { get; init; }
    public int PlanNumber { get; init; }

    /// <summary>The closed value of the whole deal, minor units of <see cref="Currency"/>.</summary>
    public long DealAmount { get; init; }

    /// <summary>The partner's part of the deal, to which the rate applies.</summary>
    public long BaseAmount { get; init; }

    /// <summary>What the partner earns; negative for a clawback.</summary>
    public long Amount { get; init; }

    public string Currency { get; init; } = "";
    public DateTime WonAt { get; init; }
    public EarningState State { get; init; }
    public DateTime StateSince { get; init; }
    public string? Reason { get; init; }

    /// <summary>The first day on which it may become payable; null while a person holds it without an end.</summary>
    public DateOnly? HoldUntil { get; init; }

    public DateTime? PaidAt { get; init; }
}
