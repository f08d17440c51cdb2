using Trellis.Accounts.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Published;

/// <summary>Names a deal registration.</summary>
public readonly record struct DealId(Guid Value) : ITypedId<DealId>
{
    public static string Prefix => "deal";
    public static DealId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DealId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The canonical statuses of a deal registration.</summary>
public enum DealState
{
    Draft,
    Submitted,
    InReview,
    InfoRequested,
    Approved,
    Rejected,
    Withdrawn,
    Expired,
    Converted,
    Won,
    Lost,
    Revoked,
}

/// <summary>What a partner does on a deal; a report names which roles it shows.</summary>
public enum DealRole
{
    /// <summary>Registered the deal and holds the source credit.</summary>
    Source,
    Influence,
    Resell,
    Deliver,
    Retain,

    /// <summary>Makes the product work with the customer's other systems.</summary>
    Integrate,

    /// <summary>The party through whose cloud marketplace the contract is transacted.</summary>
    Marketplace,
}

/// <summary>Where a membership of a deal team stands.</summary>
public enum MemberState
{
    Invited,
    Accepted,
    Declined,
    Left,

    /// <summary>The vendor wants it; the partner that registered the deal has not consented, and the partner itself has not been told.</summary>
    Proposed,
}

/// <summary>A deal registration as other modules may read it. A portal actor sees the deals that its partner holds, or on whose team it is with sight of the amount.</summary>
[PublishedRow("deals_deal")]
public sealed class DealRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public DealId Id { get; init; }

    /// <summary>What people call it: customer and product.</summary>
    public string Title { get; init; } = "";

    public string CustomerName { get; init; } = "";
    public AccountId? AccountId { get; init; }
    public OpportunityId? OpportunityId { get; init; }

    /// <summary>When the opportunity was linked.</summary>
    public DateTime? LinkedAt { get; init; }

    public ProductId? ProductId { get; init; }

    /// <summary>In which motion it is sold; null for drafts and for registrations of before, which count in the partner's weightiest.</summary>
    public Motion? Motion { get; init; }

    /// <summary>The partner that registered it.</summary>
    public PartnerId PartnerId { get; init; }

    /// <summary>The distributor that registered it for the partner, or null.</summary>
    public PartnerId? DistributorId { get; init; }

    public DealState State { get; init; }

    /// <summary>Expected value, minor units of <see cref="Currency"/>.</summary>
    public long Amount { get; init; }

    public string Currency { get; init; } = "";
    public DateOnly? ExpectedClose { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? SubmittedAt { get; init; }
    public DateTime? DecidedAt { get; init; }

    /// <summary>The last day of protection, for an approved deal.</summary>
    public DateOnly? ExpiresOn { get; init; }

    public DateTime? ClosedAt { get; init; }

    /// <summary>Closed-won value, minor units of <see cref="Currency"/>; null unless won.</summary>
    public long? WonAmount { get; init; }

    /// <summary>What reports count: minor units of the main currency at the rate of the record’s day; 0 where there is no rate.</summary>
    public long MainAmount { get; init; }

    /// <summary>A draft that waits for the second partner of a joint registration.</summary>
    public bool AwaitsPartner { get; init; }

    /// <summary>Its currency has no rate for that day, so it counts nowhere.</summary>
    public bool NoRate { get; init; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; init; }
}

/// <summary>A partner's place on a deal team.</summary>
[PublishedRow("deals_member")]
public sealed class DealMemberRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public DealId DealId { get; init; }
    public PartnerId PartnerId { get; init; }

    /// <summary>The partner that registered the deal.</summary>
    public PartnerId HolderId { get; init; }

    public DealRole Role { get; init; }

    /// <summary>The agreed share of the credit in basis points; all accepted shares of a deal sum to at most 10,000.</summary>
    public int ShareBasisPoints { get; init; }

    /// <summary>How much of the deal it sees.</summary>
    public DealVisibility Visibility { get; init; }

    public MemberState State { get; init; }
    public DateTime InvitedAt { get; init; }
    public DateTime? AnsweredAt { get; init; }
}
