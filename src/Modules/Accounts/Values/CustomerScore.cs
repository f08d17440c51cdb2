using Trellis.Accounts.Published;

namespace Trellis.Accounts.Values;

/// <summary>What is compared of an account.</summary>
internal sealed record Candidate(AccountId Id, string Name, string? Domain, string? Country);

/// <summary>
/// How likely a typed customer is a given account, with the reasons. An equal domain nearly settles it; an equal name does so unless countries
/// differ; a similar name alone never reaches 0.95.
/// </summary>
internal static class CustomerScore
{
    public static CustomerMatch Of(TypedCustomer typed, string? domain, Candidate account)
    {
        var reasons = new List<string>(3);
        var alike = CompanyNames.Similarity(typed.Name, account.Name);
        var sameDomain = domain is not null && domain == account.Domain && !WebDomains.IsShared(domain);
        var otherDomain = domain is not null && account.Domain is not null && !sameDomain && !WebDomains.IsShared(domain);
        var score = alike switch { 1 => 0.95, _ => alike * 0.95 };
        if (alike == 1) reasons.Add(CompanyNames.Tight(typed.Name) == CompanyNames.Tight(account.Name) ? "same name" : "same name but for the legal form");
        else if (alike >= 0.8) reasons.Add($"similar name ({Math.Floor(alike * 100)} %)");
        if (sameDomain)
        {
            score = Math.Max(score, 0.97) + (alike >= 0.8 ? 0.03 : 0);
            reasons.Add($"same domain {domain}");
        }

        if (otherDomain)
        {
            score -= 0.05;
            reasons.Add($"other domain ({account.Domain})");
        }

        if (typed.Country is { } country && account.Country is { } other)
        {
            if (country != other && !sameDomain) score -= 0.1;
            else if (country == other && !sameDomain) score += 0.02;
            reasons.Add(country == other ? "same country" : $"other country ({CountryNames.Name(other)})");
        }

        return new CustomerMatch(account.Id, account.Name, Math.Round(Math.Clamp(score, 0, 1), 3), reasons);
    }
}
