using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Merging;

/// <summary>A field of two accounts that are to become one.</summary>
/// <param name="Code">Its name in a choice.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Into">What the account that stays says, in words; null for nothing.</param>
/// <param name="From">What the account that goes says.</param>
internal sealed record MergeField(string Code, string Label, string? Into, string? From)
{
    /// <summary>Where both say something, and not the same, a person has to choose; else whatever is known is kept.</summary>
    public bool Differs => Into is not null && From is not null && Into != From;

    public bool TakesFrom(IReadOnlySet<string> chosen) => Into is null ? From is not null : Differs && chosen.Contains(Code);
}

internal static class MergeFields
{
    public static IReadOnlyList<MergeField> Of(Account into, Account from) =>
    [
        new("name", "Name", into.Name, from.Name),
        new("external_id", "Identifier in the CRM", into.ExternalId, from.ExternalId),
        new("domain", "Domain", into.Domain, from.Domain),
        new("tax_number", "Tax number", into.TaxNumber, from.TaxNumber),
        new("city", "City", into.City, from.City),
        new("sector", "Sector", into.Sector ?? into.SectorWritten, from.Sector ?? from.SectorWritten),
        new("country", "Country", into.Country ?? into.CountryWritten, from.Country ?? from.CountryWritten),
        new("revenue", "Yearly revenue", Money(into), Money(from)),
        new("employees", "Employees", into.Employees?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), from.Employees?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)),
        new("founded", "Year of foundation", into.Founded?.ToString(System.Globalization.CultureInfo.InvariantCulture), from.Founded?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("owner", "Owner", into.OwnerName, from.OwnerName),
        new("named", "Named account", into.Named ? "yes" : "no", from.Named ? "yes" : "no"),
        new("parent", "Subsidiary of", into.ParentWritten, from.ParentWritten),
    ];

    /// <summary>With the custom fields behind.</summary>
    public static IReadOnlyList<MergeField> Of(Account into, Account from, FieldMerge<AccountId> own) => [.. Of(into, from), .. own.Contrasts.Select(c => new MergeField(c.Code, c.Label, c.Into, c.From))];

    /// <summary>The facts that the account that stays takes over.</summary>
    public static AccountFacts Taken(Account into, Account from, IReadOnlySet<string> chosen)
    {
        var taken = Of(into, from).Where(f => f.TakesFrom(chosen)).Select(f => f.Code).ToHashSet();
        return new AccountFacts
        {
            Name = taken.Contains("name") ? from.Name : null,
            ExternalId = taken.Contains("external_id") ? from.ExternalId : null,
            Domain = taken.Contains("domain") ? from.Domain : null,
            TaxNumber = taken.Contains("tax_number") ? from.TaxNumber : null,
            City = taken.Contains("city") ? from.City : null,
            Sector = taken.Contains("sector") ? from.Sector : null,
            SectorWritten = taken.Contains("sector") ? from.SectorWritten : null,
            Country = taken.Contains("country") ? from.Country : null,
            CountryWritten = taken.Contains("country") ? from.CountryWritten : null,
            Revenue = taken.Contains("revenue") ? from.Revenue : null,
            Currency = taken.Contains("revenue") ? from.Currency : null,
            Employees = taken.Contains("employees") ? from.Employees : null,
            Founded = taken.Contains("founded") ? from.Founded : null,
            OwnerName = taken.Contains("owner") ? from.OwnerName : null,
            OwnerId = taken.Contains("owner") ? from.OwnerId : null,
            OwnerIsSure = taken.Contains("owner"),
            Named = taken.Contains("named") ? from.Named : null,
        };
    }

    public static bool TakesParent(Account into, Account from, IReadOnlySet<string> chosen) => Of(into, from).Single(f => f.Code == "parent").TakesFrom(chosen);

    private static string? Money(Account account) => account.Revenue is { } revenue ? new Kernel.Money(revenue, account.Currency).ToString() : null;
}
