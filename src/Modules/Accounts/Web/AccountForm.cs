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
    public long? Version { get; set; }

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
        Version = a.Version,
    };

    public NewAccount New() => new(Name ?? "", Domain, Country, Sector, OwnerName, Named, People) { TaxNumber = Text.OrNull(TaxNumber), City = Text.OrNull(City) };

    public AccountChange Change(AccountId id) => new(id, Name ?? "", Domain, Country, Sector, OwnerName, Named, People, Version, TaxNumber, City);

    // Text that is no number becomes one that the use case refuses, with its own message.
    private int? People => Text.OrNull(Employees) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
