using Trellis.Kernel;

namespace Trellis.Partners.Published;

/// <summary>That one partner stands above another in a group of companies, over any number of steps.</summary>
[PublishedRow("partners_lineage")]
public sealed class PartnerLineageRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PartnerId AncestorId { get; init; }
    public PartnerId DescendantId { get; init; }

    /// <summary>1 for parent and child.</summary>
    public int Depth { get; init; }
}

/// <summary>A figure of one partner, to be added up over a group of companies.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Name">What is counted: <c>Open deals</c>. The same name is added up.</param>
/// <param name="Count">How many.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, or null where only the number matters.</param>
/// <param name="Currency">ISO 4217, with an amount.</param>
public sealed record PartnerFigure(PartnerId Partner, string Name, long Count, long? Amount = null, string? Currency = null);

/// <summary>
/// A plug: figures about partners for the roll-up over a group. Whoever asks has decided already that the actor may see these partners, so a portal actor's own
/// filter is left aside. Register it as a scoped service.
/// </summary>
public interface IPartnerFigures
{
    /// <summary>The figures of these partners; a partner without any is left out.</summary>
    Task<IReadOnlyList<PartnerFigure>> OfAsync(IReadOnlyList<PartnerId> partners, CancellationToken ct);
}
