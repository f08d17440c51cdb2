using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A company that runs its partner program here.</summary>
internal sealed class Tenant : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public required string Name { get; set; }

    /// <summary>The currency in which it reports, ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>The IANA time zone of its people by default.</summary>
    public required string TimeZone { get; set; }

    /// <summary>The language of its pages and mails where a person has not chosen one; null to follow each browser.</summary>
    public string? Language { get; set; }

    public DateTime CreatedAt { get; init; }
    public long Version { get; set; }
}
