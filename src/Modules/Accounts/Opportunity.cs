using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What a row of the CRM says about an opportunity. A null leaves what is known.</summary>
internal sealed record OpportunityFacts
{
    public required string ExternalId { get; init; }
    public required OpportunityStage Stage { get; init; }
    public AccountId? AccountId { get; init; }
    public string? AccountWritten { get; init; }
    public ProductId? ProductId { get; init; }
    public string? ProductWritten { get; init; }
    public string? OwnerName { get; init; }

    /// <summary>Whom that name means, if anybody.</summary>
    public PersonId? OwnerId { get; init; }

    /// <summary>The e-mail address has said who it is: it counts although the name is the same.</summary>
    public bool OwnerIsSure { get; init; }

    public long? Amount { get; init; }
    public DateOnly? OpenedOn { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public DateOnly? ExpectedOn { get; init; }
}

/// <summary>An opportunity mirrored from the vendor's CRM.</summary>
internal sealed class Opportunity : ITenantOwned, IVersioned, IValued, IWatched
{
    public TenantId TenantId { get; init; }
    public OpportunityId Id { get; init; }
    public string ExternalId { get; private set; } = "";
    public AccountId? AccountId { get; private set; }

    /// <summary>The account as the CRM writes it, while no account is known by that name.</summary>
    public string? AccountWritten { get; private set; }

    public ProductId? ProductId { get; private set; }

    /// <summary>The product as the CRM writes it, while no product is known by that name.</summary>
    public string? ProductWritten { get; private set; }

    public string? OwnerName { get; private set; }

    /// <summary>Whose it is; null where the name means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; private set; }

    public OpportunityStage Stage { get; private set; }
    public long? Amount { get; private set; }
    public string Currency { get; private set; } = "";

    /// <summary>What the amount is worth in the main currency at the rate of its day: lists, order and sums read it.</summary>
    public long MainAmount { get; set; }

    public bool NoRate { get; set; }

    public string Watched => Id.ToString();

    public Money? Worth => Amount is { } minor and not 0 ? new Money(minor, Currency) : null;

    /// <summary>The day of the opening; once won or lost, that of the closing. Where the CRM names none, the last day on which something is known to have happened.</summary>
    public DateOnly WorthOn => (Stage is OpportunityStage.Won or OpportunityStage.Lost ? ClosedOn : OpenedOn) ?? LastOn;

    public DateOnly? OpenedOn { get; private set; }
    public DateOnly? StageChangedOn { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>The expected close of an open opportunity.</summary>
    public DateOnly? ExpectedOn { get; private set; }

    /// <summary>The last day on which something is known to have happened; the order of the list.</summary>
    public DateOnly LastOn { get; private set; }

    public string SearchText { get; private set; } = "";
    public long Version { get; set; }

    public static Opportunity Create(TenantId tenant, OpportunityId id, OpportunityFacts facts, string currency, DateOnly today)
    {
        var opportunity = new Opportunity
        {
            TenantId = tenant,
            Id = id,
            ExternalId = facts.ExternalId,
            AccountId = facts.AccountId,
            AccountWritten = facts.AccountWritten,
            ProductId = facts.ProductId,
            ProductWritten = facts.ProductWritten,
            OwnerName = facts.OwnerName,
            OwnerId = facts.OwnerId,
            Stage = facts.Stage,
            Amount = facts.Amount,
            Currency = currency,
            OpenedOn = facts.OpenedOn,
            ClosedOn = facts.ClosedOn,
            ExpectedOn = facts.ExpectedOn,
            StageChangedOn = facts.ClosedOn ?? facts.OpenedOn,
            Version = 1,
        };
        opportunity.LastOn = opportunity.StageChangedOn ?? today;
        opportunity.SearchText = opportunity.Searched();
        return opportunity;
    }

    /// <summary>Takes over every fact that is given and differs, and tells what changed.</summary>
    public void Apply(OpportunityFacts facts, Changes changes, DateOnly today)
    {
        if (changes.Value<OpportunityStage>("Stage", Stage, facts.Stage)) (Stage, StageChangedOn) = (facts.Stage, facts.ClosedOn ?? today);
        if (changes.Reference("Account", AccountId, AccountWritten, facts.AccountId, facts.AccountWritten)) (AccountId, AccountWritten) = (facts.AccountId, facts.AccountWritten);
        if (changes.Reference("Product", ProductId, ProductWritten, facts.ProductId, facts.ProductWritten)) (ProductId, ProductWritten) = (facts.ProductId, facts.ProductWritten);
        if (changes.Text("Owner", OwnerName, facts.OwnerName)) (OwnerName, OwnerId) = (facts.OwnerName, facts.OwnerId);
        else if (facts.OwnerId is { } person && person != OwnerId && (OwnerId is null || facts.OwnerIsSure) && changes.Text("Owner's person", OwnerId is null ? null : "another", OwnerName)) OwnerId = person;
        if (changes.Money("Amount", Amount, Currency, facts.Amount, Currency)) Amount = facts.Amount;
        if (changes.Value("Opened", OpenedOn, facts.OpenedOn)) OpenedOn = facts.OpenedOn;
        if (changes.Value("Closed", ClosedOn, facts.ClosedOn)) ClosedOn = facts.ClosedOn;
        if (changes.Value("Expected close", ExpectedOn, facts.ExpectedOn)) ExpectedOn = facts.ExpectedOn;
        if (changes.Count == 0) return;
        Derive();
    }

    /// <summary>What follows from the other values.</summary>
    public void Derive() => (LastOn, SearchText) = (StageChangedOn ?? OpenedOn ?? LastOn, Searched());

    /// <summary>A person says which account it belongs to.</summary>
    public void AssignTo(AccountId account) => (AccountId, AccountWritten) = (account, null);

    /// <summary>A person says which product it is about.</summary>
    public void Sell(ProductId product) => (ProductId, ProductWritten) = (product, null);

    private string Searched() => Text.Fold(ExternalId, OwnerName, AccountWritten);
}
