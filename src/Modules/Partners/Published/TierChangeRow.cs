using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A tier that was given, with its reason; joinable on (TenantId, PartnerId).</summary>
[PublishedRow("partners_tier_change")]
public sealed class TierChangeRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public Tier From { get; init; }
    public Tier To { get; init; }
    public string? Reason { get; init; }
    public string By { get; init; } = "";
    public DateTime At { get; init; }
}
