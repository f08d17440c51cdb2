using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Profiling;

/// <summary>
/// What a partner can do beyond its profile: where, with which technologies, how much of it now, and how far its word reaches. One row a partner, made when
/// something is told for the first time.
/// </summary>
internal sealed class Expertise : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>Lists as <see cref="TextList"/> writes them.</summary>
    public string Territories { get; set; } = "";
    public string Technologies { get; set; } = "";

    /// <summary>Towns with an office.</summary>
    public string Locations { get; set; } = "";

    /// <summary>The year in which the company was founded.</summary>
    public int? Founded { get; set; }

    /// <summary>How many customers it serves.</summary>
    public int? Customers { get; set; }

    public int? LeadCapacity { get; set; }
    public int? ProjectCapacity { get; set; }
    public DateTime? CapacityAt { get; set; }

    /// <summary>Addresses of public profiles, as <see cref="TextList"/> writes them.</summary>
    public string SocialLinks { get; set; } = "";
    public int? Followers { get; set; }
    public DateTime? FollowersAt { get; set; }
    public long Version { get; set; }

    public Dictionary<TraitKind, string> Words() => new() { [TraitKind.Technology] = Technologies, [TraitKind.Territory] = Territories };
}

/// <summary>Expertise as it is shown, and as it is typed: lists with commas; null leaves a field as it is, empty text or 0 clears it.</summary>
internal sealed record ExpertiseChanges
{
    public string? Territories { get; init; }
    public string? Technologies { get; init; }
    public string? Locations { get; init; }
    public int? Founded { get; init; }
    public int? Customers { get; init; }

    /// <summary>-1 says that it is not told; 0 is a capacity: none at present.</summary>
    public int? LeadCapacity { get; init; }
    public int? ProjectCapacity { get; init; }
    public string? SocialLinks { get; init; }
    public int? Followers { get; init; }

    /// <summary>The version that was read; null changes whatever is there.</summary>
    public long? Version { get; init; }
}

/// <summary>Expertise in full.</summary>
internal sealed record ExpertiseDetails : IHasVersion
{
    public string[] Territories { get; init; } = [];
    public string[] Technologies { get; init; } = [];
    public string[] Locations { get; init; } = [];
    public int? Founded { get; init; }
    public int? Customers { get; init; }
    public int? LeadCapacity { get; init; }
    public int? ProjectCapacity { get; init; }
    public DateTime? CapacityAt { get; init; }
    public string[] SocialLinks { get; init; } = [];
    public int? Followers { get; init; }
    public DateTime? FollowersAt { get; init; }
    public long Version { get; init; }

    public static ExpertiseDetails Of(Expertise? e) => e is null ? new() : new()
    {
        Territories = TextList.Items(e.Territories),
        Technologies = TextList.Items(e.Technologies),
        Locations = TextList.Items(e.Locations),
        Founded = e.Founded,
        Customers = e.Customers,
        LeadCapacity = e.LeadCapacity,
        ProjectCapacity = e.ProjectCapacity,
        CapacityAt = e.CapacityAt,
        SocialLinks = TextList.Items(e.SocialLinks),
        Followers = e.Followers,
        FollowersAt = e.FollowersAt,
        Version = e.Version,
    };
}
