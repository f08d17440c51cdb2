using Trellis.Kernel;

namespace Trellis.Deals.Published;

/// <summary>Names a transfer of a deal.</summary>
public readonly record struct TransferId(Guid Value) : ITypedId<TransferId>
{
    public static string Prefix => "trf";
    public static TransferId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TransferId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where a transfer stands.</summary>
public enum TransferState
{
    /// <summary>The vendor has proposed it; the partner that would take the deal over has not answered.</summary>
    Proposed,
    Accepted,
    Declined,

    /// <summary>The vendor took the proposal back.</summary>
    Withdrawn,

    /// <summary>The deal ended first.</summary>
    Lapsed,
}

/// <summary>A transfer of a deal from one partner to another. A portal actor sees those that concern its partner.</summary>
[PublishedRow("deals_transfer")]
public sealed class TransferRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public TransferId Id { get; init; }
    public DealId DealId { get; init; }

    /// <summary>Who holds it until then.</summary>
    public PartnerId FromId { get; init; }

    /// <summary>Who takes it over.</summary>
    public PartnerId ToId { get; init; }

    /// <summary>What people call the deal.</summary>
    public string Title { get; init; } = "";

    public TransferState State { get; init; }
    public DateTime ProposedAt { get; init; }
}
