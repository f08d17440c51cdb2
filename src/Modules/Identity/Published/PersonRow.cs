using Trellis.Kernel;

namespace Trellis.Identity.Published;

/// <summary>Whether a person may sign in, or act for a partner.</summary>
public enum PersonState
{
    Active,
    Suspended,

    /// <summary>Asked to act for a partner and has not said yes; of a membership only.</summary>
    Invited,
}

/// <summary>A person, as other modules may read it; joinable in LINQ on (TenantId, Id).</summary>
[PublishedRow("identity_person")]
public sealed class PersonRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PersonId Id { get; init; }
    public string Name { get; init; } = "";
    public string Email { get; init; } = "";

    /// <summary>Role codes at the vendor, separated by blanks; empty for a partner's person.</summary>
    public string Roles { get; init; } = "";

    public PersonState State { get; init; }

    /// <summary>A program with keys of its own: nobody to give work to.</summary>
    public bool IsService { get; init; }

    /// <summary>The IANA time zone in which the person reads times; null for the tenant's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The language that the person has chosen; null for the tenant's.</summary>
    public string? Language { get; init; }
}

/// <summary>That a person belongs to a partner, with the roles there (codes, separated by blanks).</summary>
[PublishedRow("identity_membership")]
public sealed class MembershipRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PersonId PersonId { get; init; }
    public PartnerId PartnerId { get; init; }
    public string Roles { get; init; } = "";

    /// <summary>Whether the person may act for this partner now.</summary>
    public PersonState State { get; init; }
}
