using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Names a conflict over a customer or a credit.</summary>
internal readonly record struct ConflictId(Guid Value) : ITypedId<ConflictId>
{
    public static string Prefix => "cfl";
    public static ConflictId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ConflictId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Between whom it is.</summary>
internal enum ConflictKind
{
    /// <summary>Two partners claim one customer and product.</summary>
    PartnerPartner,

    /// <summary>A partner's registration and an opportunity of the direct team.</summary>
    PartnerDirect,

    /// <summary>Two partners on one deal about their shares.</summary>
    Credit,

    /// <summary>A partner against a refusal that names no rival.</summary>
    Refusal,
}

/// <summary>What was decided. The claimant is the side whose deal stands first on the record.</summary>
internal enum ConflictOutcome
{
    ClaimantHolds,
    OtherHolds,
    Shared,
    NoneHolds,

    /// <summary>Different customers, or nothing left to decide: every deal stays as it is.</summary>
    NoConflict,
}

/// <summary>Two claims that cannot both stand, from the first suspicion to the decision of a person.</summary>
internal sealed class Conflict : ITenantOwned, IVersioned, IWatched
{
    public TenantId TenantId { get; init; }
    public ConflictId Id { get; init; }
    public ConflictKind Kind { get; init; }
    public ConflictState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";
    public string CustomerName { get; init; } = "";
    public AccountId? AccountId { get; init; }
    public ProductId? ProductId { get; init; }

    /// <summary>The claimant's deal.</summary>
    public DealId DealId { get; init; }

    public PartnerId PartnerId { get; init; }

    /// <summary>The other partner's deal; the same deal in a dispute about credit.</summary>
    public DealId? OtherDealId { get; init; }

    public PartnerId? OtherPartnerId { get; init; }
    public OpportunityId? OpportunityId { get; init; }

    /// <summary>The rule or the hand that found it, as the vendor's people read it.</summary>
    public string Rule { get; init; } = "";

    public DateTime OpenedAt { get; init; }
    public string OpenedBy { get; init; } = "";

    /// <summary>Whether the partners in it may see it: a mere suspicion is the vendor's alone.</summary>
    public bool Shown { get; private set; }

    /// <summary>When somebody first disputed it, or appealed: the clock of escalation counts from here.</summary>
    public DateTime? DisputedAt { get; private set; }

    /// <summary>Until when the next step is promised; null once settled.</summary>
    public DateTime? DueAt { get; private set; }

    public int Level { get; private set; }
    public PersonId? MediatorId { get; private set; }
    public string? MediatorName { get; private set; }

    /// <summary>The share of the credit that the claimant asks for, in basis points.</summary>
    public int? AskedBasisPoints { get; init; }

    public ConflictOutcome? Outcome { get; private set; }

    /// <summary>Why, in words that name no other side: for the claimant, and for both where <see cref="OtherReason"/> is empty.</summary>
    public string? Reason { get; private set; }

    /// <summary>Why, in words for the other side alone.</summary>
    public string? OtherReason { get; private set; }

    /// <summary>What one side reads of it.</summary>
    public string? ReasonFor(PartnerId side) => OtherReason is not null && side == OtherPartnerId && side != PartnerId ? OtherReason : Reason;

    public int? ShareBasisPoints { get; private set; }
    public DateTime? SettledAt { get; private set; }

    /// <summary>Who decided what is appealed against: somebody else decides on the appeal.</summary>
    public PersonId? FirstDecider { get; private set; }

    public DateTime? AppealedAt { get; private set; }
    public string SearchText { get; init; } = "";
    public long Version { get; set; }

    public string Watched => DealId.ToString();

    public string? WatchedToo => OtherDealId?.ToString();

    /// <summary>Whether there are two who are told: of one partner against our own team, or against a refusal, there is one.</summary>
    public bool HasTwoPartners => OtherPartnerId is { } other && other != PartnerId;

    public bool IsOpen => State is ConflictState.Suspected or ConflictState.Disputed or ConflictState.Mediated;

    /// <summary>Enters a state that the lifecycle has allowed.</summary>
    public void Enter(ConflictState state, DateTime now, string by)
    {
        (State, StateSince, StateBy) = (state, now, by);
        if (state == ConflictState.Disputed)
        {
            (DisputedAt, Shown) = (now, true);
            (Level, Outcome, SettledAt) = (0, null, null);
        }

        DueAt = ConflictClock.Due(state, OpenedAt, DisputedAt);
    }

    public void TakeUp(PersonId person, string name) => (MediatorId, MediatorName) = (person, name);

    public void Decide(ConflictOutcome outcome, string reason, int? share, DateTime now, PersonId? by, string? otherReason = null)
    {
        (Outcome, Reason, OtherReason, ShareBasisPoints, SettledAt) = (outcome, reason, otherReason, share, now);
        if (by is null) return;
        (FirstDecider, Shown) = (by, true);
    }

    /// <summary>Who decided before the conflict was raised.</summary>
    public void Against(PersonId? decider) => FirstDecider = decider;

    public void Appeal(DateTime now) => (AppealedAt, MediatorId, MediatorName) = (now, null, null);

    public void Escalate(int level) => Level = level;
}

/// <summary>What kind of words stand in a conflict's file.</summary>
internal enum StatementKind
{
    Statement,
    Appeal,
    Decision,

    /// <summary>For the vendor's people only.</summary>
    Note,
}

/// <summary>Names a statement.</summary>
internal readonly record struct StatementId(Guid Value) : ITypedId<StatementId>
{
    public static string Prefix => "cfs";
    public static StatementId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out StatementId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What somebody said in a conflict. A partner reads its own words; the vendor reads all.</summary>
internal sealed class ConflictStatement : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public StatementId Id { get; init; }
    public ConflictId ConflictId { get; init; }
    public StatementKind Kind { get; init; }
    public PartnerId? PartnerId { get; init; }
    public PersonId AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required string Body { get; init; }
    public DateTime At { get; init; }
}

/// <summary>One of several short keys under which the customer of a registration is found, however another one writes it.</summary>
internal sealed class ClaimKey : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Key { get; init; }
    public DealId DealId { get; init; }
}
