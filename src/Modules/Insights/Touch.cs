using Trellis.Deals.Published;
using Trellis.Insights.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>Who vouches for a touch.</summary>
internal enum TouchSource
{
    /// <summary>Trellis recorded it when it happened.</summary>
    System,

    /// <summary>The vendor's people entered or confirmed it.</summary>
    Vendor,

    /// <summary>The partner entered it; it counts once the vendor has confirmed it.</summary>
    Partner,
}

/// <summary>One thing that a partner did for a deal: with evidence, a time, and who vouches for it. Never changed, only confirmed.</summary>
internal sealed class Touch : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public TouchId Id { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }
    public TouchKind Kind { get; init; }
    public DateTime At { get; init; }

    /// <summary>What shows that it happened: a link, a document, the record it came from.</summary>
    public required string Evidence { get; init; }

    public required string PersonName { get; init; }
    public TouchSource Source { get; set; }
    public long Version { get; set; }
}

/// <summary>Which touches count. The rule is the same for every model.</summary>
internal static class Qualification
{
    /// <summary>
    /// A touch counts when somebody other than its own partner vouches for it and it happened before the deal closed. What people enter is known by
    /// its day only, so the day of the close counts; what Trellis recorded itself is known to the second, so nobody joins a deal after it was won.
    /// </summary>
    public static bool Holds(TouchSource source, DateTime at, DateTime? closedAt) => source switch
    {
        TouchSource.Partner => false,
        _ when closedAt is null => true,
        TouchSource.System => at <= closedAt,
        _ => at.Date <= closedAt.Value.Date,
    };
}
