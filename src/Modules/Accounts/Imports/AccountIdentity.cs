using Trellis.Accounts.Values;
using Trellis.Compute.Matching;

namespace Trellis.Accounts.Imports;

/// <summary>Which account a row means: one, none, or several between which nothing chooses.</summary>
/// <param name="Account">The account; null where it is none of them, or more than one.</param>
/// <param name="By">What says so where it is not the name: the field, for people.</param>
/// <param name="Rivals">So many fit equally well.</param>
/// <param name="Field">The field that several share.</param>
internal readonly record struct Identified(Account? Account, string? By = null, int Rivals = 0, string Field = "");

/// <summary>
/// Tells by the tax number, the name and the domain which account a row without a known identifier means, in this order. Among several the other ones choose, then country and town. A domain that
/// several accounts share, or where anybody has an address, identifies nobody.
/// </summary>
internal static class AccountIdentity
{
    public static Identified Choose(AccountFacts facts, string nameKey, IReadOnlyCollection<Account> candidates)
    {
        var (tax, domain) = (TaxNumbers.Key(facts.TaxNumber), Own(facts.Domain));
        Func<Account, bool> sameName = a => a.NameKey == nameKey;
        Func<Account, bool> sameDomain = a => domain is not null && a.Domain == domain;
        Func<Account, bool> sameTax = a => tax is not null && TaxNumbers.Key(a.TaxNumber) == tax;
        Func<Account, bool> sameCountry = a => facts.Country is not null && a.Country == facts.Country;
        Func<Account, bool> sameCity = a => facts.City is { } city && a.City is { } town && CompanyNames.Tight(town) == CompanyNames.Tight(city);
        var numbered = Narrow(candidates.Where(sameTax), sameName, sameDomain, sameCountry, sameCity);
        if (numbered.Count > 0) return numbered.Count == 1 ? new(numbered[0], sameName(numbered[0]) ? null : "tax number") : new(null, null, numbered.Count, "tax_number");
        var named = Narrow(candidates.Where(sameName), sameDomain, sameCountry, sameCity);
        if (named.Count > 0) return named.Count == 1 ? new(named[0]) : new(null, null, named.Count, "name");
        var there = candidates.Where(sameDomain).ToList();
        return there is [var one] && (tax is null || TaxNumbers.Key(one.TaxNumber) is null) ? new(one, "domain") : default;
    }

    /// <summary>The domain, where it is a company's own.</summary>
    public static string? Own(string? domain) => domain is null || Domains.IsFreeMail(domain) ? null : domain;

    /// <summary>Whether the account says nothing that speaks against the name: nothing more is to be looked up.</summary>
    public static bool Settled(AccountFacts facts, Account named) =>
        (Own(facts.Domain) is null || named.Domain == facts.Domain) && (TaxNumbers.Key(facts.TaxNumber) is not { } tax || TaxNumbers.Key(named.TaxNumber) == tax);

    private static List<Account> Narrow(IEnumerable<Account> accounts, params ReadOnlySpan<Func<Account, bool>> tests)
    {
        var left = accounts.ToList();
        foreach (var test in tests)
        {
            if (left.Count <= 1) return left;
            var some = left.Where(test).ToList();
            if (some.Count > 0) left = some;
        }

        return left;
    }
}
