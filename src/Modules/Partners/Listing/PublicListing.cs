using Trellis.Kernel;

namespace Trellis.Partners.Listing;

/// <summary>What everybody may read of a partner, and that the partner has said yes to it.</summary>
internal sealed class PublicListing : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The last part of its address in the directory.</summary>
    public required string Slug { get; set; }

    public bool Listed { get; set; }

    /// <summary>One line under its name.</summary>
    public string? Headline { get; set; }

    /// <summary>A few sentences; the description of the profile where nothing is told.</summary>
    public string? About { get; set; }

    /// <summary>A web page where customers write to it; its web site where nothing is told.</summary>
    public string? ContactUrl { get; set; }

    /// <summary>Who said yes or no, and when.</summary>
    public required string ConsentBy { get; set; }
    public DateTime ConsentAt { get; set; }
    public long Version { get; set; }
}

/// <summary>How the directory of a tenant is run.</summary>
internal sealed class DirectorySettings : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }

    /// <summary>Whether strangers see it at all.</summary>
    public bool Open { get; set; }

    /// <summary>Whether search engines may list it.</summary>
    public bool Indexed { get; set; }
    public string? Title { get; set; }
    public string? Intro { get; set; }
    public long Version { get; set; }
}

/// <summary>An entry as its partner and the vendor see it.</summary>
internal sealed record ListingDetails(bool Listed, string? Slug, string? Headline, string? About, string? ContactUrl, string? ConsentBy, DateTime? ConsentAt);
