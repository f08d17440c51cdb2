using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Relations.Plays;

/// <summary>Names a review of a suggested play.</summary>
internal readonly record struct PlayReviewId(Guid Value) : ITypedId<PlayReviewId>
{
    public static string Prefix => "play";
    public static PlayReviewId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PlayReviewId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a suggestion proposes.</summary>
internal enum PlayKind
{
    /// <summary>A partner that is strong at the customer.</summary>
    BringPartner,

    /// <summary>Somebody of the buying committee with whom nobody speaks.</summary>
    OpenContact,

    /// <summary>A team that has won with this product before.</summary>
    WinningTeam,

    /// <summary>A part of the work that no partner covers.</summary>
    CoverDelivery,
}

/// <summary>What a person decided on a suggestion: taken or dismissed. One for each suggestion of a deal or an account; a dismissed one does not come back.</summary>
internal sealed class PlayReview : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public PlayReviewId Id { get; init; }

    /// <summary>The deal or the account for which it was suggested, by its identifier.</summary>
    public string Place { get; set; } = "";

    public DealId? DealId { get; init; }
    public AccountId? AccountId { get; set; }

    /// <summary>Names the suggestion among all for its place: the same situation has the same key again.</summary>
    public string Key { get; init; } = "";

    public PlayKind Kind { get; init; }

    /// <summary>In English; it is retold to its reader.</summary>
    public string Title { get; init; } = "";

    public PartnerId? PartnerId { get; init; }
    public bool Taken { get; init; }
    public string? Reason { get; init; }
    public DateTime ReviewedAt { get; init; }
    public string ReviewedByName { get; init; } = "";

    public void Move(AccountId into) => (Place, AccountId) = (into.ToString(), into);
}
