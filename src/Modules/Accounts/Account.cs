using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>How an account came to be here.</summary>
internal enum AccountOrigin
{
    /// <summary>Mirrored from the CRM by an import.</summary>
    Imported,

    /// <summary>Entered by the vendor's people.</summary>
    Entered,

    /// <summary>Named by a partner on a deal; nobody at the vendor has looked at it yet.</summary>
    NamedByPartner,
}

/// <summary>What may be said about an account. A null leaves what is known.</summary>
internal sealed record AccountFacts
{
    public string? Name { get; init; }
    public string? ExternalId { get; init; }
    public string? Domain { get; init; }
    public string? TaxNumber { get; init; }
    public string? City { get; init; }
    public string? Sector { get; init; }
    public string? SectorWritten { get; init; }
    public string? Country { get; init; }
    public string? CountryWritten { get; init; }
    public long? Revenue { get; init; }
    public string? Currency { get; init; }
    public int? Employees { get; init; }
    public int? Founded { get; init; }
    public string? OwnerName { get; init; }

    /// <summary>Whom that name means, if anybody.</summary>
    public PersonId? OwnerId { get; init; }

    /// <summary>The owner's e-mail address as a file writes it.</summary>
    public string? OwnerMail { get; init; }

    /// <summary>Somebody has said who it is: it counts although the name is the same.</summary>
    public bool OwnerIsSure { get; init; }

    public bool? Named { get; init; }
    public string? ParentWritten { get; init; }
}

/// <summary>A customer or prospect of the vendor.</summary>
internal sealed class Account : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public AccountId Id { get; init; }
    public string Name { get; private set; } = "";

    /// <summary>The name without blanks, punctuation, case and accents: equal keys are the same writing of a name.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>The identifier in the CRM, where it has one.</summary>
    public string? ExternalId { get; private set; }

    public string? Domain { get; private set; }

    /// <summary>VAT or registration number as written.</summary>
    public string? TaxNumber { get; private set; }

    public string? City { get; private set; }

    /// <summary>A sector of the known list, or null.</summary>
    public string? Sector { get; private set; }

    /// <summary>The sector as the CRM writes it, while it is none of the known list.</summary>
    public string? SectorWritten { get; private set; }

    public string? Country { get; private set; }

    /// <summary>The country as the CRM writes it, while it names no single country.</summary>
    public string? CountryWritten { get; private set; }

    /// <summary>Yearly revenue in minor units of <see cref="Currency"/>.</summary>
    public long? Revenue { get; private set; }

    public string Currency { get; private set; } = "";
    public int? Employees { get; private set; }

    /// <summary>The year of its foundation.</summary>
    public int? Founded { get; private set; }

    /// <summary>The owner as written; a renamed person's old name stays until somebody writes another.</summary>
    public string? OwnerName { get; private set; }

    /// <summary>Whose it is; null where the name means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; private set; }

    public bool Named { get; private set; }
    public AccountId? ParentId { get; private set; }

    /// <summary>The owning company as the CRM writes it.</summary>
    public string? ParentWritten { get; private set; }

    public AccountOrigin Origin { get; private set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>When something was last said about it: an import that names it unchanged counts as well, once a day.</summary>
    public DateTime SeenAt { get; private set; }

    public string SearchText { get; private set; } = "";
    public long Version { get; set; }

    public static Account Create(TenantId tenant, AccountId id, AccountFacts facts, AccountOrigin origin, string currency, DateTime at)
    {
        var account = new Account { TenantId = tenant, Id = id, Origin = origin, CreatedAt = at, Currency = currency, SeenAt = at, Version = 1 };
        account.Apply(facts, new Changes());
        return account;
    }

    /// <summary>Takes over every fact that is given and differs, and tells what changed.</summary>
    public void Apply(AccountFacts facts, Changes changes)
    {
        if (changes.Text("Name", Name, facts.Name)) Name = facts.Name!;
        if (changes.Text("CRM id", ExternalId, facts.ExternalId)) ExternalId = facts.ExternalId;
        if (changes.Text("Domain", Domain, facts.Domain)) Domain = facts.Domain;
        if (changes.Text("Tax number", TaxNumber, facts.TaxNumber)) TaxNumber = facts.TaxNumber;
        if (changes.Text("City", City, facts.City)) City = facts.City;
        if (changes.Known("Sector", Sector, SectorWritten, facts.Sector, facts.SectorWritten)) (Sector, SectorWritten) = (facts.Sector, facts.SectorWritten);
        if (changes.Known("Country", Country, CountryWritten, facts.Country, facts.CountryWritten)) (Country, CountryWritten) = (facts.Country, facts.CountryWritten);
        if (changes.Money("Revenue", Revenue, Currency, facts.Revenue, facts.Currency ?? Currency)) (Revenue, Currency) = (facts.Revenue, facts.Currency ?? Currency);
        if (changes.Value("Employees", Employees, facts.Employees)) Employees = facts.Employees;
        if (changes.Value("Founded", Founded, facts.Founded)) Founded = facts.Founded;
        if (changes.Text("Owner", OwnerName, facts.OwnerName)) (OwnerName, OwnerId) = (facts.OwnerName, facts.OwnerId);
        else if (facts.OwnerId is { } person && person != OwnerId && (OwnerId is null || facts.OwnerIsSure) && changes.Text("Owner's person", OwnerId is null ? null : "another", OwnerName)) OwnerId = person;
        if (changes.Value("Named account", Named, facts.Named)) Named = facts.Named!.Value;
        if (changes.Text("Subsidiary of", ParentWritten, facts.ParentWritten)) (ParentWritten, ParentId) = (facts.ParentWritten, null);
        Derive();
    }

    public void Rewrite(AccountFacts facts)
    {
        (Domain, OwnerName, OwnerId, Employees) = (facts.Domain, facts.OwnerName, facts.OwnerId, facts.Employees);
        (TaxNumber, City) = (facts.TaxNumber, facts.City);
        (Sector, SectorWritten) = (facts.Sector, facts.Sector is null ? SectorWritten : null);
        (Country, CountryWritten) = (facts.Country, facts.Country is null ? CountryWritten : null);
        Named = facts.Named ?? Named;
        Name = facts.Name ?? Name;
        Derive();
    }

    /// <summary>What follows from the other values.</summary>
    public void Derive() => (NameKey, SearchText) = (CompanyNames.Tight(Name), Text.Fold(Name, Domain, ExternalId, TaxNumber));

    public void See(DateTime at) => SeenAt = at;

    /// <summary>A person says whose subsidiary it is.</summary>
    public void Under(AccountId? parent, string? written) => (ParentId, ParentWritten) = (parent, written);

    /// <summary>Somebody at the vendor has looked at an account that a partner had named.</summary>
    public void Review() => Origin = Origin == AccountOrigin.NamedByPartner ? AccountOrigin.Entered : Origin;

    /// <summary>Figures and identifier as a person has written them: what is blank is empty.</summary>
    public void Measure(long? revenue, string? currency, int? founded, string? externalId)
    {
        (Revenue, Currency) = (revenue, revenue is null ? Currency : currency ?? Currency);
        (Founded, ExternalId) = (founded, externalId);
        Derive();
    }

    public void BelongTo(AccountId? parent) => ParentId = parent == Id ? null : parent;
}

/// <summary>Another spelling under which an account was met.</summary>
internal sealed class Alias : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public AccountId AccountId { get; init; }
    public required string NameKey { get; init; }
    public required string Name { get; init; }
}

/// <summary>One of several short keys under which an account is found by a similar name or the same domain.</summary>
internal sealed class AccountKey : ITenantOwned, IUnaudited
{
    public TenantId TenantId { get; init; }
    public required string Key { get; init; }
    public AccountId AccountId { get; init; }
}
