using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A partner organisation as other modules may read it; joinable in LINQ on (TenantId, Id).</summary>
[PublishedRow("partners_partner")]
public sealed class PartnerRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>The registrable domain, lower case, or null.</summary>
    public string? Domain { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "";

    /// <summary>The program's region: EMEA, AMER or APAC.</summary>
    public string Region { get; init; } = "";

    public PartnerState State { get; init; }

    /// <summary>The type that the partner is mainly known by; all types stand in <see cref="PartnerMotionRow"/>.</summary>
    public PartnerType MainType { get; init; }

    public Tier Tier { get; init; }

    /// <summary>The vendor's partner manager.</summary>
    public PersonId? ManagerId { get; init; }

    /// <summary>People at the partner, for views by partner size.</summary>
    public int? Employees { get; init; }

    /// <summary>The partner that this one was merged into; lists leave such a row out.</summary>
    public PartnerId? MergedInto { get; init; }

    public DateTime Since { get; init; }
    public string SearchText { get; init; } = "";
}

/// <summary>One motion of a partner.</summary>
[PublishedRow("partners_motion")]
public sealed class PartnerMotionRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public Motion Motion { get; init; }
    public PartnerType Type { get; init; }
    public MotionState State { get; init; }
    public Tier Tier { get; init; }
    public DateOnly Since { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>Who looks after this motion; null for the partner's manager.</summary>
    public PersonId? ManagerId { get; init; }
}
