using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>A partner's place on a deal team: role, agreed share, and whether it has accepted.</summary>
internal sealed class DealMember : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The partner that holds the deal; it stands here so that a filter needs no second table.</summary>
    public PartnerId HolderId { get; set; }

    public DealRole Role { get; set; }
    public int ShareBasisPoints { get; set; }

    /// <summary>Its share of the partners' work on the deal.</summary>
    public int WorkBasisPoints { get; set; }

    /// <summary>How much of the deal it sees.</summary>
    public DealVisibility Visibility { get; set; } = DealVisibility.Summary;

    /// <summary>The parts that the level stood for when it was agreed or set; null in rows of before, which stand for what the program delivered.</summary>
    public int? Reads { get; set; }

    /// <summary>Named at the registration: it is valid when this partner accepts.</summary>
    public bool Joint { get; set; }

    public MemberState State { get; set; }
    public DateTime InvitedAt { get; set; }
    public string InvitedByName { get; set; } = "";
    public DateTime? AnsweredAt { get; set; }
    public string? AnsweredByName { get; set; }
    public long Version { get; set; }

    public string Watched => DealId.ToString();

    /// <summary>Level and parts together.</summary>
    public Sight Sight => Sight.Kept(Visibility, Reads);
}

/// <summary>Whom a comment is for.</summary>
internal enum CommentAudience
{
    /// <summary>The vendor's people only.</summary>
    Internal,

    /// <summary>The vendor's people, the partner and its accepted team.</summary>
    Shared,
}

/// <summary>Names a comment on a deal.</summary>
internal readonly record struct CommentId(Guid Value) : ITypedId<CommentId>
{
    public static string Prefix => "com";
    public static CommentId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CommentId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A comment on a deal.</summary>
internal sealed class DealComment : ITenantOwned, IWatched
{
    public TenantId TenantId { get; init; }
    public CommentId Id { get; init; }
    public DealId DealId { get; init; }
    public CommentAudience Audience { get; init; }
    public required string Body { get; init; }
    public DateTime At { get; init; }
    public PersonId AuthorId { get; init; }
    public required string AuthorName { get; init; }

    /// <summary>The author's partner; null for the vendor's people.</summary>
    public PartnerId? AuthorPartner { get; init; }

    public string Watched => DealId.ToString();
}
