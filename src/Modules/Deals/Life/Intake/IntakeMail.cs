using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake;

/// <summary>Names a mail that was handed over.</summary>
internal readonly record struct IntakeId(Guid Value) : ITypedId<IntakeId>
{
    public static string Prefix => "min";
    public static IntakeId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out IntakeId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

internal enum IntakeOutcome
{
    /// <summary>A draft was made, and the sender has a link to it.</summary>
    Draft,

    /// <summary>Nobody with this address may register; nobody was answered.</summary>
    UnknownSender,

    /// <summary>The sender belongs to several partners, so nobody knows for which one.</summary>
    SeveralPartners,
}

/// <summary>A mail that was handed over, and what became of it. The same message is taken once.</summary>
internal sealed class IntakeMail : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public IntakeId Id { get; init; }

    /// <summary>SHA-256 of the message's own id, or of the message where it has none.</summary>
    public required string MessageKey { get; init; }

    public required string FromAddress { get; init; }
    public required string Subject { get; init; }
    public IntakeOutcome Outcome { get; init; }
    public PersonId? PersonId { get; init; }
    public PartnerId? PartnerId { get; init; }
    public DealId? DealId { get; init; }

    /// <summary>What the receiving server says about the signature; a claim of that server, no proof of ours.</summary>
    public string? Signature { get; init; }

    public DateTime At { get; init; }
}
