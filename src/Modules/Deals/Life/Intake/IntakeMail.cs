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

    /// <summary>The sender belongs to several partners and was asked for which one it is.</summary>
    SeveralPartners,

    /// <summary>A program wrote it by itself, such as an absence note; nobody was answered, so that two programs never write to each other for ever.</summary>
    Automatic,
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
    public IntakeOutcome Outcome { get; private set; }
    public PersonId? PersonId { get; init; }
    public PartnerId? PartnerId { get; private set; }
    public DealId? DealId { get; private set; }

    /// <summary>The stored message, while its sender is asked for which partner it is.</summary>
    public FileId? MessageFile { get; set; }

    /// <summary>How many of its files lie with the draft; null before they were looked at.</summary>
    public int? FilesKept { get; private set; }

    /// <summary>How many were not of a kind that we take, or too many.</summary>
    public int FilesLeftOut { get; private set; }

    /// <summary>What the receiving server says about the signature; a claim of that server, no proof of ours.</summary>
    public string? Signature { get; init; }

    public DateTime At { get; init; }

    /// <summary>A draft was made of it.</summary>
    public void Became(DealId deal, PartnerId partner) => (Outcome, DealId, PartnerId, MessageFile) = (IntakeOutcome.Draft, deal, partner, null);

    /// <summary>Nobody was answered, or the sender was asked for which partner it is.</summary>
    public void Waits(IntakeOutcome outcome, FileId? message) => (Outcome, MessageFile) = (outcome, message);

    /// <summary>Its files were looked at.</summary>
    public void Carried(int kept, int leftOut) => (FilesKept, FilesLeftOut) = (kept, leftOut);
}
