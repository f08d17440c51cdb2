using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>The attribution models that are computed for every deal, side by side.</summary>
internal enum CreditModel
{
    /// <summary>The shares agreed on the deal team: the declared model, by which partners are paid.</summary>
    AgreedSplit,
    FirstTouch,
    LastTouch,
    Linear,
}

/// <summary>How a deal came out.</summary>
internal enum Outcome
{
    Open,
    Won,
    Ended,
}

/// <summary>
/// What one model gives one partner for one deal. Rows are replaced whole when the deal's facts change, so a figure is always the sum of the
/// rows that it opens.
/// </summary>
internal sealed class Credit : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }
    public CreditModel Model { get; init; }

    /// <summary>Source for the partner that registered the deal, else its role on the team, else influence.</summary>
    public DealRole Role { get; init; }

    /// <summary>Whether the partner has a qualified touch before the close, as gross influence asks.</summary>
    public bool Touched { get; init; }

    /// <summary>Whether the deal was or will be transacted on this partner's paper.</summary>
    public bool Resold { get; init; }

    public Outcome Outcome { get; init; }

    /// <summary>The motion in which the holder registered the deal, null where there was none; of any other partner that of its role.</summary>
    public Motion? Motion { get; init; }

    /// <summary>Year and month of the close, as 202611; 0 while open.</summary>
    public int Month { get; init; }

    /// <summary>The day of the close; null while open.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>Won amount, or the expected one while open; minor units.</summary>
    public long DealAmount { get; init; }

    /// <summary>The partner's part of it by this model; minor units. All parts of a deal sum to its amount at most.</summary>
    public long CreditedAmount { get; init; }

    public required string Currency { get; init; }

    /// <summary>The name and version of the computation.</summary>
    public required string Definition { get; init; }

    public DateTime ComputedAt { get; init; }
}
