using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

internal enum ProtectionState
{
    None,
    Protected,
    ExtensionRequested,
    Extended,
    Lapsed,
}

internal enum ConflictState
{
    None,
    Suspected,
    Disputed,
    Mediated,
    Settled,
}

internal enum AccountState
{
    /// <summary>It is an account in our records.</summary>
    Matched,

    /// <summary>Nobody in our records resembles it.</summary>
    New,

    /// <summary>It resembles accounts; a person chooses.</summary>
    Pending,
}

/// <summary>What a partner says about a deal.</summary>
internal sealed record DealFields
{
    public string CustomerName { get; init; } = "";

    /// <summary>Web site, e-mail address or domain.</summary>
    public string? CustomerDomain { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    public string? CustomerCity { get; init; }

    /// <summary>VAT or registration number.</summary>
    public string? CustomerTaxNumber { get; init; }

    public ProductId? Product { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217; null leaves it as it is, at first the vendor's main currency.</summary>
    public string? Currency { get; init; }

    public DateOnly? ExpectedClose { get; init; }
    public string? ContactName { get; init; }
    public string? ContactEmail { get; init; }
    public string? WorkDone { get; init; }
    public string? NextStep { get; init; }

    /// <summary>How the partner sells it, of those of its motions that are active; null where it does not say.</summary>
    public Motion? Motion { get; init; }

    /// <summary>Custom fields by key; null leaves them as they are.</summary>
    public IReadOnlyDictionary<string, string?>? Own { get; init; }
}

/// <summary>A partner's registration of a deal, from draft to its end.</summary>
internal sealed partial class Deal : ITenantOwned, IVersioned, IWatched, IValued
{
    public TenantId TenantId { get; init; }
    public DealId Id { get; init; }
    public string Title { get; private set; } = "";
    public string CustomerName { get; private set; } = "";

    /// <summary>The registrable domain, lower case, or null.</summary>
    public string? CustomerDomain { get; private set; }

    public string? Country { get; private set; }
    public string? CustomerCity { get; private set; }
    public string? CustomerTaxNumber { get; private set; }

    /// <summary>The folded name without legal form: who has the same key names the same customer.</summary>
    public string CustomerKey { get; private set; } = "";

    public AccountId? AccountId { get; private set; }
    public OpportunityId? OpportunityId { get; private set; }

    /// <summary>When the opportunity was linked: once it is closed, that tells nothing about working together.</summary>
    public DateTime? LinkedAt { get; private set; }

    public ProductId? ProductId { get; private set; }

    /// <summary>In which motion it is sold: what the partner said, or its weightiest selling motion when it was decided; null for drafts that do not say, and for registrations of before.</summary>
    public Motion? Motion { get; private set; }

    public PartnerId PartnerId { get; private set; }
    public PersonId RegisteredBy { get; private set; }
    public string RegisteredByName { get; private set; } = "";
    public string? ContactName { get; private set; }
    public string? ContactEmail { get; private set; }
    public string? WorkDone { get; private set; }
    public string? NextStep { get; private set; }
    public DealState State { get; private set; }
    public ProtectionState ProtectionState { get; private set; }
    public ConflictState ConflictState { get; private set; }
    public AccountState AccountState { get; private set; } = AccountState.New;
    public ReasonCode? ReasonCode { get; private set; }

    /// <summary>Why it stands where it stands, in words for both sides.</summary>
    public string? StateReason { get; private set; }

    public DateTime StateSince { get; private set; }
    public string StateBy { get; private set; } = "";

    /// <summary>The role that decides, while in review.</summary>
    public string? Reviewer { get; private set; }

    /// <summary>Until when a decision is promised, while in review.</summary>
    public DateTime? DecideBy { get; private set; }

    public long Amount { get; private set; }
    public string Currency { get; private set; } = "";

    /// <summary>What reports count: the amount, or what it was won with, in the main currency at the rate of its day.</summary>
    public long MainAmount { get; set; }

    public bool NoRate { get; set; }

    public Money? Worth => (WonAmount ?? Amount) is var minor and not 0 ? new Money(minor, Currency) : null;

    /// <summary>The day of the registration; once won, that of the win.</summary>
    public DateOnly WorthOn => DateOnly.FromDateTime(WonAmount is null ? SubmittedAt ?? CreatedAt : ClosedAt ?? CreatedAt);

    public DateOnly? ExpectedClose { get; private set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? SubmittedAt { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public DateOnly? ExpiresOn { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    public long? WonAmount { get; private set; }
    public string SearchText { get; private set; } = "";
    public long Version { get; set; }

    public string Watched => Id.ToString();

    public static Deal Begin(Work work, PartnerId holder, DealFields fields, string? productName)
    {
        var deal = new Deal
        {
            TenantId = work.Tenant,
            Id = work.NewId<DealId>(),
            PartnerId = holder,
            RegisteredBy = work.Actor.Person,
            RegisteredByName = work.Actor.Name,
            Currency = work.Actor.Currency,
            CreatedAt = work.Now,
            StateSince = work.Now,
            StateBy = work.Actor.Name,
        };
        deal.Write(fields, productName);
        return deal;
    }

    /// <summary>A registration of the past, for imports and the demo: its moves follow one by one with their own times.</summary>
    public static Deal Past(TenantId tenant, DealId id, PartnerId holder, PersonId person, string personName, string currency, DateTime createdAt) => new()
    {
        TenantId = tenant,
        Id = id,
        PartnerId = holder,
        RegisteredBy = person,
        RegisteredByName = personName,
        Currency = currency,
        CreatedAt = createdAt,
        StateSince = createdAt,
        StateBy = personName,
        Version = 1,
    };

    public DealFields Fields => new()
    {
        CustomerName = CustomerName,
        CustomerDomain = CustomerDomain,
        Country = Country,
        CustomerCity = CustomerCity,
        CustomerTaxNumber = CustomerTaxNumber,
        Product = ProductId,
        Amount = Amount == 0 ? null : Amount,
        Currency = Currency,
        ExpectedClose = ExpectedClose,
        ContactName = ContactName,
        ContactEmail = ContactEmail,
        WorkDone = WorkDone,
        NextStep = NextStep,
        Motion = Motion,
    };

    public void Write(DealFields fields, string? productName)
    {
        CustomerName = Text.OrNull(fields.CustomerName) ?? "Unnamed customer";
        CustomerDomain = Customer.Domain(fields.CustomerDomain) ?? Customer.Domain(fields.ContactEmail);
        Country = Text.OrNull(fields.Country)?.ToUpperInvariant();
        (CustomerCity, CustomerTaxNumber) = (Text.OrNull(fields.CustomerCity), Text.OrNull(fields.CustomerTaxNumber));
        CustomerKey = Customer.Key(CustomerName);
        ProductId = fields.Product;
        Amount = fields.Amount ?? 0;
        if (Text.OrNull(fields.Currency) is { } currency) Currency = currency;
        ExpectedClose = fields.ExpectedClose;
        ContactName = Text.OrNull(fields.ContactName);
        ContactEmail = Text.OrNull(fields.ContactEmail)?.ToLowerInvariant();
        WorkDone = Text.OrNull(fields.WorkDone);
        NextStep = Text.OrNull(fields.NextStep);
        // Who says nothing of it leaves it as it was decided; in a draft it is open again.
        Motion = fields.Motion ?? (State == DealState.Draft ? null : Motion);
        Title = productName is null ? CustomerName : $"{CustomerName}: {productName}";
        SearchText = Text.Fold(CustomerName, CustomerDomain, productName);
    }

    /// <summary>What happens next, by whoever works on the deal.</summary>
    public void GoOn(string next) => NextStep = next;

    /// <summary>The motion in which it was decided.</summary>
    public void SellBy(Motion? motion) => Motion = motion ?? Motion;

    public void Submit(DateTime now) => SubmittedAt ??= now;

    /// <summary>The customer as it was found in our records.</summary>
    public void Identify(AccountState state, AccountId? account) => (AccountState, AccountId) = (state, account);

    /// <summary>Enters a state that the lifecycle has allowed.</summary>
    public void Enter(DealState state, DateTime now, string by, string? reason, ReasonCode? code = null)
    {
        (State, StateSince, StateBy, StateReason, ReasonCode) = (state, now, by, reason, code);
        // Who asks a question goes on deciding when it is answered.
        (Reviewer, DecideBy, EscalatedFrom) = (state == DealState.InfoRequested ? Reviewer : null, null, null);
        if (state is DealState.Approved or DealState.Rejected) DecidedAt = now;
        if (!DealLifecycle.IsOver(state)) return;
        ClosedAt = now;
        if (ProtectionState != ProtectionState.None) ProtectionState = ProtectionState.Lapsed;
    }

    public void AwaitReview(string reviewer, DateTime decideBy) => (Reviewer, DecideBy) = (reviewer, decideBy);

    /// <summary>Who decides when the partner has answered.</summary>
    public void HoldFor(string reviewer) => Reviewer = reviewer;

    public void Protect(DateOnly until) => (ProtectionState, ExpiresOn, ApprovedAmount) = (ProtectionState.Protected, until, Amount);

    /// <summary>Takes over where its conflicts stand.</summary>
    public void Contest(ConflictState state) => ConflictState = state;

    public void Suspect(bool rivals) => ConflictState = rivals ? ConflictState.Suspected : ConflictState.None;

    public void Link(OpportunityId opportunity, DateTime at) => (OpportunityId, LinkedAt) = (opportunity, at);

    /// <summary>Won on a day that may lie in the past.</summary>
    public void Win(long amount, DateTime at) => (WonAmount, ClosedAt) = (amount, at);

    /// <summary>The win was none: what counts is again what was registered.</summary>
    public void TakeBackWin() => WonAmount = null;
}
