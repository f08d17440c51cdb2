using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Reads what a person or a program says about an account; creating and changing share it.</summary>
internal static class AccountInput
{
    public static Result<AccountFacts> Read(string? name, string? domain, string? country, string? sector, string? owner, bool? named, int? employees, string? taxNumber = null, string? city = null)
    {
        var site = Text.OrNull(domain);
        var check = new Check()
            .Text(name, "name", "The name")
            .That(string.IsNullOrWhiteSpace(name) || CompanyNames.Tight(name).Length > 0, "name", "The name has neither letters nor digits.")
            .That(site is null || Domains.Registrable(site) is not null, "domain", "This is no web site or domain.")
            .That(string.IsNullOrEmpty(country) || CountryNames.IsCode(country), "country", "There is no country with this code (ISO 3166-1, two letters).")
            .That(string.IsNullOrEmpty(sector) || Sectors.All.Contains(sector), "sector", "There is no such sector.")
            .Text(owner, "ownerName", "The owner", required: false)
            .Text(city, "city", "The city", 100, required: false)
            .Text(taxNumber, "taxNumber", "The tax number", 40, required: false)
            .That(string.IsNullOrWhiteSpace(taxNumber) || TaxNumbers.Key(taxNumber) is not null, "taxNumber", "This is no tax number; leave it empty if it is not known.")
            .That(employees is null or (>= 0 and <= 10_000_000), "employees", "The number of employees lies between 0 and 10,000,000.");
        if (check.Problem is { } problem) return problem;
        return new AccountFacts
        {
            Name = name!.Trim(),
            Domain = Domains.Registrable(site),
            TaxNumber = Text.OrNull(taxNumber),
            City = Text.OrNull(city),
            Country = Text.OrNull(country),
            Sector = Text.OrNull(sector),
            OwnerName = Text.OrNull(owner),
            Named = named,
            Employees = employees,
        };
    }
}
