using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>A tie between two partners, read from left to right. A portal actor sees the ties of its own partner.</summary>
[PublishedRow("partners_relation")]
public sealed class SupplyRow : ITenantOwned
{
    /// <summary>The kind of a distributor on the left that supplies a reseller on the right.</summary>
    public const string Supplies = "supplies";

    public TenantId TenantId { get; init; }
    public PartnerId FromId { get; init; }
    public PartnerId ToId { get; init; }

    /// <summary>The machine name of the tie.</summary>
    public string Kind { get; init; } = "";
}
