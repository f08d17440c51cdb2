using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>Names a customer account.</summary>
public readonly record struct AccountId(Guid Value) : ITypedId<AccountId>
{
    public static string Prefix => "acc";
    public static AccountId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AccountId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>A customer or prospect of the vendor, as other modules may read it.</summary>
[PublishedRow("accounts_account")]
public sealed class AccountRow : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public AccountId Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Its identifier in the CRM, or null.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The registrable domain, lower case, or null.</summary>
    public string? Domain { get; init; }

    /// <summary>VAT or registration number as written, or null.</summary>
    public string? TaxNumber { get; init; }

    public string? City { get; init; }
    public string? Sector { get; init; }

    /// <summary>ISO 3166-1 alpha-2, or null.</summary>
    public string? Country { get; init; }

    /// <summary>Whether the direct team has it on its named list: partners need an exception there.</summary>
    public bool Named { get; init; }

    /// <summary>The direct seller who owns the relation, by name as the CRM writes it.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Whose it is: the person whom the name means; null where it means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; init; }

    public string SearchText { get; init; } = "";
}
