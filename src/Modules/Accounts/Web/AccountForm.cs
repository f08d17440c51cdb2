using System.Globalization;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Web;

/// <summary>What stands in the form of an account, as it was typed.</summary>
internal sealed class AccountForm
{
    public string? Name { get; set; }
    public string? Domain { get; set; }
    public string? TaxNumber { get; set; }
    public string? City { get; set; }
    public string? Country { get; set; }
    public string? Sector { get; set; }
    public string? OwnerName { get; set; }
    public bool Named { get; set; }
    public string? Employees { get; set; }
    public string? Revenue { get; set; }
    public string? Currency { get; set; }
    public string? Founded { get; set; }
    public string? ExternalId { get; set; }
    public long? Version { get; set; }
    public bool EvenIfSimilar { get; set; }
    public bool EvenIfOwned { get; set; }

    public static AccountForm Of(AccountDetails a) => new()
    {
        Name = a.Name,
        Domain = a.Domain,
        TaxNumber = a.TaxNumber,
        City = a.City,
        Country = a.Country,
        Sector = a.Sector,
        OwnerName = a.OwnerName,
        Named = a.Named,
        Employees = a.Employees?.ToString(CultureInfo.InvariantCulture),
        Revenue = a.Revenue is { } revenue ? new Money(revenue, a.Currency).Major.ToString(CultureInfo.InvariantCulture) : null,
        Currency = a.Currency,
        Founded = a.Founded?.ToString(CultureInfo.InvariantCulture),
        ExternalId = a.ExternalId,
        Version = a.Version,
    };

    public NewAccount New() => new(Name ?? "", Domain, Country, Sector, OwnerName, Named, People) { TaxNumber = Text.OrNull(TaxNumber), City = Text.OrNull(City), EvenIfSimilar = EvenIfSimilar };

    public AccountChange Change(AccountId id) => new(id, Name ?? "", Domain, Country, Sector, OwnerName, Named, People, Version, TaxNumber, City)
    {
        Figures = new AccountFigures(Minor, Text.OrNull(Currency)?.ToUpperInvariant(), Year, ExternalId),
        EvenIfOwned = EvenIfOwned,
    };

    // Text that is no number becomes one that the use case refuses, with its own message.
    private int? People => Text.OrNull(Employees) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private int? Year => Text.OrNull(Founded) is not { } text ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : -1;

    private long? Minor => Text.OrNull(Revenue) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && major < 1_000_000_000_000m
            ? (long)Math.Round(major * Money.Scale(Text.OrNull(Currency)?.ToUpperInvariant() ?? "USD")) : -1;
}
