using Trellis.Accounts.Conflicts;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Ownership;

/// <summary>Which system owns a field of accounts; without a row nobody has settled it, and what a person and an import say of it may differ.</summary>
internal sealed class AccountFieldOwner : OwnedField;

internal static class OwnershipPermissions
{
    public const string SettleCode = "accounts.field_owners";

    public static readonly Permission Settle = new(SettleCode, "Settle which system owns which field of accounts", Roles.Administrator, Roles.ChannelOperations);

    /// <summary>For the keys of the systems that own fields; nobody has it at first.</summary>
    public static readonly Permission WriteOwned = new("accounts.write_owned", "Write fields of accounts that another system owns");

    public static readonly Permission[] All = [Settle, WriteOwned];
}

/// <summary>The fields of accounts with their owners.</summary>
internal static class AccountOwners
{
    public static readonly FieldOwners<AccountFieldOwner> Owners = new("accounts", OwnershipPermissions.WriteOwned,
    [
        ("name", "Name"), ("domain", "Web site or domain"), ("taxNumber", "Tax number"), ("city", "City"), ("country", "Country"), ("sector", "Sector"), ("ownerName", "Owner"), ("employees", "Employees"),
        ("named", "Named account"), ("revenue", "Yearly revenue"), ("founded", "Year of foundation"), ("externalId", "Identifier in the CRM"), ("parent", "Subsidiary of"),
    ]);

    /// <summary>Pure: the fields that would read differently.</summary>
    public static IEnumerable<string> Changing(Account a, AccountFacts facts, AccountFigures? figures)
    {
        (string Field, bool Changes)[] fields =
        [
            ("name", facts.Name != a.Name), ("domain", facts.Domain != a.Domain), ("taxNumber", facts.TaxNumber != a.TaxNumber), ("city", facts.City != a.City), ("country", facts.Country != a.Country), ("sector", facts.Sector != a.Sector),
            ("ownerName", facts.OwnerName != a.OwnerName || facts.OwnerId != a.OwnerId), ("employees", facts.Employees != a.Employees), ("named", facts.Named is { } named && named != a.Named),
            ("revenue", figures is not null && (figures.Revenue != a.Revenue || (figures.Revenue is not null && figures.Currency is { } currency && currency != a.Currency))), ("founded", figures is not null && figures.Founded != a.Founded),
            ("externalId", figures is not null && Text.OrNull(figures.ExternalId) != a.ExternalId),
        ];
        return fields.Where(f => f.Changes).Select(f => f.Field);
    }

    /// <summary>Pure: what a file of the CRM may say of an account: a field that Trellis or the ERP owns is filled where it is empty, and otherwise stays.</summary>
    public static AccountFacts OfFile(IReadOnlyDictionary<string, OwningSystem> settled, Account a, AccountFacts facts)
    {
        if (settled.Count == 0) return facts;
        bool Stays(string field, object? there) => there is not null && settled.TryGetValue(field, out var system) && system != OwningSystem.Crm;
        if (Stays("name", a.Name)) facts = facts with { Name = null };
        if (Stays("domain", a.Domain)) facts = facts with { Domain = null };
        if (Stays("taxNumber", a.TaxNumber)) facts = facts with { TaxNumber = null };
        if (Stays("city", a.City)) facts = facts with { City = null };
        if (Stays("country", a.Country)) facts = facts with { Country = null, CountryWritten = null };
        if (Stays("sector", a.Sector)) facts = facts with { Sector = null, SectorWritten = null };
        if (Stays("ownerName", a.OwnerName)) facts = facts with { OwnerName = null, OwnerId = null, OwnerIsSure = false };
        if (Stays("employees", a.Employees)) facts = facts with { Employees = null };
        if (Stays("named", a.Named)) facts = facts with { Named = null };
        if (Stays("revenue", a.Revenue)) facts = facts with { Revenue = null, Currency = null };
        if (Stays("founded", a.Founded)) facts = facts with { Founded = null };
        if (Stays("externalId", a.ExternalId)) facts = facts with { ExternalId = null };
        return Stays("parent", a.ParentWritten) ? facts with { ParentWritten = null } : facts;
    }

    /// <summary>The name of a field about which a person and an import may differ.</summary>
    public static string Of(HandField field) => field == HandField.TaxNumber ? "taxNumber" : Words.Of(field);
}
