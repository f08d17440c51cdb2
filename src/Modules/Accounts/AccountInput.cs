using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Reads what a person or a program says about an account; creating and changing share it.</summary>
internal static class AccountInput
{
    public static Result<AccountFacts> Read(string? name, string? domain, string? country, string? sector, string? owner, bool? named, int? employees)
    {
        var site = Text.OrNull(domain);
        var check = new Check()
            .Text(name, "name", "The name")
            .That(string.IsNullOrWhiteSpace(name) || CompanyNames.Tight(name).Length > 0, "name", "The name has neither letters nor digits.")
            .That(site is null || WebDomains.Of(site) is not null, "domain", "This is no web site or domain.")
            .That(string.IsNullOrEmpty(country) || CountryNames.IsCode(country), "country", "There is no country with this code (ISO 3166-1, two letters).")
            .That(string.IsNullOrEmpty(sector) || Sectors.All.Contains(sector), "sector", "There is no such sector.")
            .Text(owner, "ownerName", "The owner", required: false)
            .That(employees is null or (>= 0 and <= 10_000_000), "employees", "The number of employees lies between 0 and 10,000,000.");
        if (check.Problem is { } problem) return problem;
        return new AccountFacts
        {
            Name = name!.Trim(),
            Domain = WebDomains.Of(site),
            Country = Text.OrNull(country),
            Sector = Text.OrNull(sector),
            OwnerName = Text.OrNull(owner),
            Named = named,
            Employees = employees,
        };
    }
}
