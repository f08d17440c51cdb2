using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.Passing;

/// <summary>Names a lead that was passed on.</summary>
internal readonly record struct LeadId(Guid Value) : ITypedId<LeadId>
{
    public static string Prefix => "led";
    public static LeadId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out LeadId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>Who passes it to whom.</summary>
internal enum LeadDirection
{
    /// <summary>The vendor hands a customer's interest to a partner.</summary>
    ToPartner,

    /// <summary>A partner hands one to the vendor.</summary>
    ToVendor,
}

/// <summary>Why a partner does not take a lead.</summary>
internal enum DeclineReason
{
    NoCapacity,
    NotAFit,
    OutsideTerritory,
    NotCertified,
    ConflictOfInterest,
    NotReachable,
    Other,
}

/// <summary>
/// A customer's interest that the vendor hands to one partner, or a partner to the vendor. Offered to the next partner it is another lead of the same chain, so that each partner sees its own
/// turn and nobody else's.
/// </summary>
internal sealed class Lead : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public LeadId Id { get; init; }
    public LeadDirection Direction { get; init; }

    /// <summary>The partner that receives it, or that has passed it.</summary>
    public PartnerId PartnerId { get; init; }

    /// <summary>The first lead of the same interest; its own where it is the first.</summary>
    public LeadId ChainId { get; init; }

    /// <summary>1 for the first partner that was asked, 2 for the next.</summary>
    public int Turn { get; init; } = 1;

    public string CustomerName { get; init; } = "";
    public string CustomerKey { get; init; } = "";
    public string? CustomerDomain { get; init; }
    public string? CustomerCity { get; init; }
    public string? Country { get; init; }
    public string? ContactName { get; private set; }
    public string? ContactEmail { get; private set; }
    public ProductId? ProductId { get; init; }

    /// <summary>What the customer needs, in the passer's words.</summary>
    public string Need { get; init; } = "";

    public long? Amount { get; init; }
    public string Currency { get; init; } = "";
    public AccountId? AccountId { get; private set; }
    public LeadState State { get; private set; }
    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";
    public DateTime PassedAt { get; init; }
    public PersonId PassedBy { get; init; }
    public string PassedByName { get; init; } = "";

    /// <summary>When the receiver could first answer; null while a person of the vendor decides whether it goes out.</summary>
    public DateTime? OfferedAt { get; private set; }

    /// <summary>Until when the receiver answers.</summary>
    public DateTime? AnswerBy { get; private set; }

    public DateTime? AnsweredAt { get; private set; }
    public PersonId? AnsweredBy { get; private set; }
    public string? AnsweredByName { get; private set; }

    /// <summary>Speed to lead: minutes from the offer to the answer.</summary>
    public int? AnswerMinutes { get; private set; }

    public DeclineReason? DeclineReason { get; private set; }
    public ReasonCode? Refusal { get; private set; }

    /// <summary>What was answered, in words.</summary>
    public string? Answer { get; private set; }

    public int AnswerHours { get; private set; }
    public int? ProtectionDays { get; private set; }
    public DateOnly? ProtectedUntil { get; private set; }
    public int? CreditBasisPoints { get; private set; }
    public string? Compensation { get; private set; }

    /// <summary>The role that decides first, and until when it was promised.</summary>
    public string? Reviewer { get; init; }

    public DateTime? DecideBy { get; init; }

    /// <summary>The decision of the rules: version, facts, the row, and the words for both sides.</summary>
    public int RulesNumber { get; init; }

    public DateOnly DecidedOn { get; init; }
    public string RulesCurrency { get; init; } = "";
    public Outcome Outcome { get; init; }
    public string? RuleId { get; init; }
    public string Facts { get; init; } = "{}";
    public string ForPartner { get; init; } = "";
    public string ForVendor { get; init; } = "";

    /// <summary>The registration that was made from it.</summary>
    public DealId? DealId { get; private set; }

    /// <summary>The vendor's own opportunity that came of a partner's lead.</summary>
    public OpportunityId? OpportunityId { get; private set; }

    public string SearchText { get; init; } = "";
    public long Version { get; set; }

    public void Identify(AccountId? account) => AccountId = account;

    public void Contact(string? name, string? email) => (ContactName, ContactEmail) = (name, email);

    public void Register(DealId deal) => DealId = deal;

    public void Link(OpportunityId? opportunity) => OpportunityId = opportunity;

    /// <summary>What its receiver gets: hours for the answer, days, and what is noted for who has passed it.</summary>
    public void Grant(int hours, int? days, int? credit, string? compensation) => (AnswerHours, ProtectionDays, CreditBasisPoints, Compensation) = (hours, days, credit, compensation);

    /// <summary>Moves it by the table and writes the move down. Words that are a note stay with the vendor.</summary>
    public Result<LeadState> Move(Work work, LeadTrigger on, string? words = null, Actor? by = null, bool note = false)
    {
        var next = work.Move(LeadLifecycle.Machine, Id.ToString(), State, on, words, by);
        if (next.Ok) Enter(next.Value, work.Now, by ?? work.Actor, note ? null : words, work.Settings.Calendar);
        return next;
    }

    /// <summary>Enters a state that the lifecycle has allowed; the clock of the answer follows.</summary>
    public void Enter(LeadState state, DateTime at, Actor by, string? words, WorkCalendar calendar)
    {
        (State, StateSince, StateBy) = (state, at, by.Name);
        if (state == LeadState.Offered || (state == LeadState.Submitted && OfferedAt is null))
        {
            OfferedAt = at;
            AnswerBy = state == LeadState.Offered ? calendar.Plus(at, TimeSpan.FromHours(AnswerHours)) : DecideBy;
        }
        else if (OfferedAt is { } offered && AnsweredAt is null && state is (LeadState.Accepted or LeadState.Declined or LeadState.Rejected))
        {
            (AnsweredAt, AnsweredByName, AnsweredBy, AnswerMinutes) = (at, by.Name, by.Person == default ? null : by.Person, (int)Math.Max(0, (at - offered).TotalMinutes));
        }

        if (words is not null) Answer = words;
        // What comes back from a registration goes on as long as it was promised.
        if (state == LeadState.Accepted) ProtectedUntil ??= ProtectionDays is { } days ? DateOnly.FromDateTime(at).AddDays(days) : null;
        else if (state is not LeadState.Converted) ProtectedUntil = null;
    }

    public void Because(DeclineReason? decline, ReasonCode? refusal) => (DeclineReason, Refusal) = (decline, refusal);
}
