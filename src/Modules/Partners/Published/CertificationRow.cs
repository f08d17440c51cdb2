using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>How much a certification stands for.</summary>
public enum CertificationLevel
{
    Associate,
    Professional,
    Expert,
}

/// <summary>Where a certification stands.</summary>
public enum CertificationState
{
    /// <summary>The partner says so; nobody has looked at the evidence.</summary>
    Claimed,
    Confirmed,
    Refused,
    Revoked,
}

/// <summary>A certification that somebody at a partner holds. It counts while it is confirmed and in its time; a portal actor sees those of its own partner.</summary>
[PublishedRow("partners_certification")]
public sealed class CertificationRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>What it is for: a product, a series or a skill, as people write it.</summary>
    public string Subject { get; init; } = "";

    public CertificationLevel Level { get; init; }
    public CertificationState State { get; init; }
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last day; null where it does not end.</summary>
    public DateOnly? ValidUntil { get; init; }
}
