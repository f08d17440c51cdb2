using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>What a word of a partner's profile tells about it.</summary>
public enum TraitKind
{
    Competency,

    /// <summary>An industry that it knows.</summary>
    Vertical,
    Language,

    /// <summary>A technology that it uses or implements.</summary>
    Technology,

    /// <summary>Where it works: a country, a region, a town.</summary>
    Territory,
}

/// <summary>One word of a partner's profile, to find and to match by; joinable on (TenantId, PartnerId).</summary>
[PublishedRow("partners_trait")]
public sealed class PartnerTraitRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }
    public TraitKind Kind { get; init; }

    /// <summary>The word as <see cref="Text.Fold"/> writes it: what is compared.</summary>
    public string Key { get; init; } = "";

    /// <summary>The word as people read it.</summary>
    public string Label { get; init; } = "";
}

/// <summary>How much a partner can take on at present, and how far its word reaches; joinable on (TenantId, PartnerId). Not every partner has a row.</summary>
[PublishedRow("partners_expertise")]
public sealed class PartnerCapacityRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>How many leads it can take now; null for not told.</summary>
    public int? LeadCapacity { get; init; }

    /// <summary>How many projects it can begin now; null for not told.</summary>
    public int? ProjectCapacity { get; init; }

    /// <summary>When it told its capacity.</summary>
    public DateTime? CapacityAt { get; init; }

    /// <summary>People who follow it on social networks; null for not told.</summary>
    public int? Followers { get; init; }
}
