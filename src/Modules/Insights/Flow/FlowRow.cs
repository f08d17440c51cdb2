using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Flow;

/// <summary>What happens to a registration; each counts on its own day.</summary>
internal enum FlowStep
{
    Registered,

    /// <summary>Approved or rejected.</summary>
    Decided,
    Approved,
    Rejected,

    /// <summary>Became an opportunity: linked to one, or won or lost without a link.</summary>
    Converted,

    /// <summary>Approved, and ended without having become an opportunity.</summary>
    Dropped,
    Won,
    Lost,

    /// <summary>Won or lost after it had been linked: how long that took.</summary>
    Closed,
    Expired,
    Withdrawn,
    Revoked,
}

/// <summary>The way of one registration so far, kept beside its credit: what every figure of the funnel, the forecast and the alerts counts.</summary>
internal sealed class FlowRow : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The motion in which it is sold; of registrations that do not say, the partner's weightiest selling motion when it was registered or taken over. Null where it had none.</summary>
    public Motion? Motion { get; init; }

    /// <summary>The partner's tier at that time.</summary>
    public Tier Tier { get; init; }

    public DealState State { get; init; }
    public DateTime RegisteredAt { get; init; }
    public DateOnly RegisteredOn { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public bool Approved { get; init; }

    /// <summary>The day on which it became an opportunity.</summary>
    public DateOnly? ConvertedOn { get; init; }

    /// <summary>Whether that was by a link, with a day of its own.</summary>
    public bool Linked { get; init; }

    public DateOnly? ClosedOn { get; init; }
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>Won amount, else the expected one; minor units of the main currency, 0 without a rate.</summary>
    public long Amount { get; init; }

    /// <summary>The expected amount, also after the win.</summary>
    public long Expected { get; init; }

    /// <summary>The version of the deal that this was read from.</summary>
    public long DealVersion { get; init; }
}

/// <summary>How many registrations took a step on a day; kept in the transaction that changes their rows.</summary>
internal sealed class FlowDay : ITenantOwned, IUnaudited
{
    /// <summary>The word for a registration without a motion.</summary>
    public const string NoMotion = "none";

    public TenantId TenantId { get; init; }
    public DateOnly Day { get; init; }
    public FlowStep Step { get; init; }
    public required string Motion { get; init; }
    public Tier Tier { get; init; }

    /// <summary>Whole days since the step before; -1 where the step has no time of its own.</summary>
    public int Took { get; init; }

    public int Deals { get; set; }

    /// <summary>Minor units of the main currency.</summary>
    public long Amount { get; set; }
}
