using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>What a person has to say in a purchase.</summary>
internal enum BuyingRole
{
    Unknown,

    /// <summary>Signs, and has the money.</summary>
    EconomicBuyer,

    /// <summary>Makes or carries the decision.</summary>
    DecisionMaker,

    /// <summary>Wants us to win, and says so where we are not.</summary>
    Champion,

    /// <summary>Judges whether it works.</summary>
    TechnicalEvaluator,
    Influencer,

    /// <summary>Works with it afterwards.</summary>
    EndUser,
    Procurement,
    Legal,

    /// <summary>Is against it.</summary>
    Blocker,
}

/// <summary>Whether the person may be written to.</summary>
internal enum ContactConsent
{
    /// <summary>Nobody has asked, or it is not written down.</summary>
    Unknown,
    Given,
    Refused,
}

/// <summary>What may be said about a contact. A null leaves what is known.</summary>
internal sealed record ContactFacts
{
    public string? Name { get; init; }
    public string? ExternalId { get; init; }
    public string? Title { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public BuyingRole? Role { get; init; }
    public ContactConsent? Consent { get; init; }
    public string? ConsentNote { get; init; }
    public AccountId? Account { get; init; }
}

/// <summary>A person who works at an account, with the part that they play when it buys.</summary>
internal sealed class AccountContact : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public ContactId Id { get; init; }
    public AccountId AccountId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The identifier in the CRM, where it has one.</summary>
    public string? ExternalId { get; private set; }

    public string? Title { get; private set; }

    /// <summary>Lower case. The audit says that it changed, and does not remember it: a person may ask for it to be forgotten.</summary>
    [Secret]
    public string? Email { get; private set; }

    [Secret]
    public string? Phone { get; private set; }

    public BuyingRole Role { get; private set; }
    public ContactConsent Consent { get; private set; }

    /// <summary>When, how and for what the consent was given or refused.</summary>
    [Secret]
    public string? ConsentNote { get; private set; }

    public DateTime CreatedAt { get; init; }
    public string SearchText { get; private set; } = "";
    public long Version { get; set; }

    public static AccountContact Create(TenantId tenant, ContactId id, AccountId account, ContactFacts facts, DateTime at)
    {
        var contact = new AccountContact { TenantId = tenant, Id = id, AccountId = account, CreatedAt = at, Version = 1 };
        contact.Apply(facts, new Changes());
        return contact;
    }

    /// <summary>Takes over every fact that is given and differs, and tells what changed.</summary>
    public void Apply(ContactFacts facts, Changes changes)
    {
        if (changes.Text("Name", Name, facts.Name)) Name = facts.Name!;
        if (changes.Text("CRM id", ExternalId, facts.ExternalId)) ExternalId = facts.ExternalId;
        if (changes.Text("Title", Title, facts.Title)) Title = facts.Title;
        if (changes.Text("Mail", Email, facts.Email)) Email = facts.Email;
        if (changes.Text("Phone", Phone, facts.Phone)) Phone = facts.Phone;
        if (changes.Value("Role", Role, facts.Role)) Role = facts.Role!.Value;
        if (changes.Value("Consent", Consent, facts.Consent)) Consent = facts.Consent!.Value;
        if (changes.Text("Consent note", ConsentNote, facts.ConsentNote)) ConsentNote = facts.ConsentNote;
        if (changes.Value("Account", AccountId, facts.Account)) AccountId = facts.Account!.Value;
        Derive();
    }

    /// <summary>All facts as a person has written them: what is blank is empty.</summary>
    public void Rewrite(ContactFacts facts)
    {
        (Name, Title, Email, Phone) = (facts.Name ?? Name, facts.Title, facts.Email, facts.Phone);
        (Role, Consent, ConsentNote) = (facts.Role ?? BuyingRole.Unknown, facts.Consent ?? ContactConsent.Unknown, facts.ConsentNote);
        Derive();
    }

    /// <summary>What follows from the other values.</summary>
    public void Derive() => SearchText = Text.Fold(Name, Title, Email);
}
