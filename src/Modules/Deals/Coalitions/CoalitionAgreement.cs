using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Coalitions;

/// <summary>Names an agreement of one partner with the others on a deal.</summary>
internal readonly record struct AgreementId(Guid Value) : ITypedId<AgreementId>
{
    public static string Prefix => "agr";
    public static AgreementId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AgreementId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Where an agreement stands.</summary>
internal enum AgreementState
{
    /// <summary>The vendor proposed it; the holder has not consented yet, and the invited partner knows nothing.</summary>
    Proposed,

    /// <summary>Before the invited partner.</summary>
    Offered,

    /// <summary>The invited partner wants other terms.</summary>
    Countered,
    Accepted,
    Declined,

    /// <summary>The holder did not consent, or it was taken back.</summary>
    Withdrawn,

    /// <summary>A side left before the deal closed.</summary>
    Left,

    /// <summary>The deal closed.</summary>
    Ended,
}

internal enum AgreementTrigger
{
    Consent,
    Accept,
    Decline,
    Counter,
    Agree,
    Insist,
    Withdraw,
    Leave,
    End,
}

/// <summary>The lifecycle of an agreement.</summary>
internal static class AgreementLifecycle
{
    public static readonly Machine<AgreementState, AgreementTrigger> Machine = new("coalitions",
        (AgreementState.Proposed, AgreementTrigger.Consent, AgreementState.Offered),
        (AgreementState.Proposed, AgreementTrigger.Withdraw, AgreementState.Withdrawn),
        (AgreementState.Proposed, AgreementTrigger.End, AgreementState.Ended),
        (AgreementState.Offered, AgreementTrigger.Accept, AgreementState.Accepted),
        (AgreementState.Offered, AgreementTrigger.Decline, AgreementState.Declined),
        (AgreementState.Offered, AgreementTrigger.Counter, AgreementState.Countered),
        (AgreementState.Offered, AgreementTrigger.Withdraw, AgreementState.Withdrawn),
        (AgreementState.Offered, AgreementTrigger.End, AgreementState.Ended),
        (AgreementState.Countered, AgreementTrigger.Agree, AgreementState.Accepted),
        (AgreementState.Countered, AgreementTrigger.Insist, AgreementState.Offered),
        (AgreementState.Countered, AgreementTrigger.Decline, AgreementState.Declined),
        (AgreementState.Countered, AgreementTrigger.Withdraw, AgreementState.Withdrawn),
        (AgreementState.Countered, AgreementTrigger.End, AgreementState.Ended),
        (AgreementState.Accepted, AgreementTrigger.Leave, AgreementState.Left),
        (AgreementState.Accepted, AgreementTrigger.End, AgreementState.Ended));

    public static string Label(AgreementState state) => state switch
    {
        AgreementState.Proposed => "Waits for the holder’s consent",
        AgreementState.Offered => "Offered",
        AgreementState.Countered => "Other terms wanted",
        AgreementState.Ended => "Ended with the deal",
        _ => Words.Label(state),
    };
}

/// <summary>What a partner takes on and gets: role, share of the work, share of the credit, and what it may see.</summary>
internal sealed record Terms(DealRole Role, int ShareBasisPoints, int WorkBasisPoints, DealVisibility Visibility)
{
    /// <summary>The parts that the level stands for; null in agreements of before, which stand for what the program delivered.</summary>
    [JsonIgnore]
    public int? Reads { get; init; }

    /// <summary>Level and parts together.</summary>
    [JsonIgnore]
    public Workspace.Sight Sight => Workspace.Sight.Kept(Visibility, Reads);
}

/// <summary>
/// A short-lived agreement for one deal. Its text is written from the terms when they are offered; other terms, or another holder before anybody has accepted, are another text and another hash, and
/// what was accepted is the text that was read.
/// </summary>
internal sealed class CoalitionAgreement : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public AgreementId Id { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The partner that holds the deal.</summary>
    public PartnerId HolderId { get; set; }

    public AgreementState State { get; set; }
    public DealRole Role { get; set; }
    public int ShareBasisPoints { get; set; }
    public int WorkBasisPoints { get; set; }
    public DealVisibility Visibility { get; set; }

    /// <summary>The parts that the level stood for when the text was written: the promise, whatever the table says later.</summary>
    public int? Reads { get; set; }

    /// <summary>The agreement in words.</summary>
    public string Text { get; set; } = "";

    /// <summary>SHA-256 of the text.</summary>
    public string Hash { get; set; } = "";

    /// <summary>When the text was last written; null in rows of before, where it is that of the proposal.</summary>
    public DateTime? WrittenAt { get; set; }

    public DateTime ProposedAt { get; init; }
    public string ProposedByName { get; init; } = "";

    /// <summary>Whether the holder invited; the vendor otherwise.</summary>
    public bool ProposedByHolder { get; init; }

    public DateTime? ConsentedAt { get; set; }
    public string? ConsentedByName { get; set; }
    public int? CounterShare { get; set; }
    public int? CounterWork { get; set; }
    public string? CounterNote { get; set; }
    public string? CounteredByName { get; set; }
    public DateTime? AcceptedAt { get; set; }
    public string? AcceptedByName { get; set; }
    public DateTime? EndedAt { get; set; }
    public string? EndReason { get; set; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();

    public Terms Terms => new(Role, ShareBasisPoints, WorkBasisPoints, Visibility) { Reads = Reads };

    /// <summary>Puts these terms into words.</summary>
    public void Write(Terms terms, Deal deal, string holder, string partner, string vendor, DateTime at)
    {
        WrittenAt = at;
        (Role, ShareBasisPoints, WorkBasisPoints, Visibility, Reads) = (terms.Role, terms.ShareBasisPoints, terms.WorkBasisPoints, terms.Visibility, terms.Reads);
        Text = AgreementText.Of(terms, deal.Title, deal.TransferredAt is not null, holder, partner, vendor);
        Hash = AgreementText.Hash(Text);
    }
}

/// <summary>Pure: an agreement in plain words.</summary>
internal static class AgreementText
{
    public static string Of(Terms terms, string deal, bool taken, string holder, string partner, string vendor) => string.Join('\n',
    [
        $"Agreement on one deal: {deal}",
        taken ? $"Between {holder}, which has taken the deal over, and {partner}; {vendor} takes note of it." : $"Between {holder}, which registered the deal, and {partner}; {vendor} takes note of it.",
        $"1. Role. {partner} takes the role “{Words.Label(terms.Role)}”.",
        $"2. Work. {partner} does {Percent(terms.WorkBasisPoints)} of the partners’ work on the deal.",
        $"3. Credit. When the deal is won, {partner} has {Percent(terms.ShareBasisPoints)} of the credit; {holder} has what the accepted partners do not have.",
        $"4. Confidentiality. {partner} sees: {Workspace.Sights.Label(terms.Visibility)}. {Workspace.SightWords.Shows(terms.Sight.Parts)}. {Workspace.SightWords.Allows(terms.Sight.Parts)} It uses what it sees for this deal only and shows it to nobody else.",
        "5. End. The agreement ends by itself when the deal is won, lost, withdrawn, expired or revoked. Credit from a win stays; what was shown stays readable, and nothing more is written. Either side may leave before that; then no credit follows.",
    ]);

    public static string Hash(string text) => System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
