using Trellis.Kernel;

namespace Trellis.Incentives;

internal readonly record struct PayoutId(Guid Value) : ITypedId<PayoutId>
{
    public static string Prefix => "pay";
    public static PayoutId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PayoutId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum PayoutState
{
    Draft,
    Settled,
    Cancelled,
}

internal enum PayoutTrigger
{
    Settle,
    Cancel,
}

internal static class PayoutLifecycle
{
    public static readonly Machine<PayoutState, PayoutTrigger> Machine = new("payouts",
        (PayoutState.Draft, PayoutTrigger.Settle, PayoutState.Settled),
        (PayoutState.Draft, PayoutTrigger.Cancel, PayoutState.Cancelled));
}

/// <summary>A payout: payable lines of one currency that are paid together, one transfer for each partner.</summary>
internal sealed class Payout : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public PayoutId Id { get; init; }
    public PayoutState State { get; private set; }
    public required string Currency { get; init; }

    /// <summary>The sum of all lines, minor units.</summary>
    public long Total { get; init; }

    public int Lines { get; init; }
    public int Partners { get; init; }
    public DateTime CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTime? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }

    /// <summary>What the bank calls it, typed when it is settled.</summary>
    public string? Reference { get; private set; }

    public long Version { get; set; }

    public void Close(PayoutState state, string? reference, string by, DateTime at) => (State, Reference, ClosedBy, ClosedAt) = (state, reference, by, at);
}
