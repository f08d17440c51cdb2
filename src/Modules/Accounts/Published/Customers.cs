using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Values;
using Trellis.Compute.Matching;
using Trellis.Kernel;

namespace Trellis.Accounts.Published;

/// <summary>Finds the accounts that a typed customer may be. It answers to Trellis' own rules: a partner must not be shown what it finds.</summary>
public static class Customers
{
    /// <summary>Below this score two companies are taken for different ones.</summary>
    public const double Likely = 0.81;

    private const int MostExact = 60;
    private const int MostOfKey = 80;
    private const int MostCandidates = 120;

    /// <summary>The likely accounts, best first, at most five. Two look-ups by index, however many accounts there are.</summary>
    public static async Task<IReadOnlyList<CustomerMatch>> MatchAsync(Work work, TypedCustomer typed, CancellationToken ct)
    {
        if (typed.Name.Length > 500) return [];
        var asked = new CompanyRecord(typed.Name, typed.Domain, typed.TaxNumber, typed.Country, typed.City);
        var keys = CompanyKeys.Asked(asked);
        if (keys.Exact.Count + keys.Near.Count == 0) return [];
        var ids = await CandidatesAsync(work, keys, ct);
        if (ids.Count == 0) return [];
        var found = await work.Db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Name, a.Domain, a.TaxNumber, a.Country, a.City }).ToListAsync(ct);
        var probe = new CompanyProbe(asked);
        return [.. found.Select(a => Likeness.Match(a.Id, a.Name, probe.Compare(new CompanyRecord(a.Name, a.Domain, a.TaxNumber, a.Country, a.City)), a.Domain, a.Country))
            .Where(m => m.Score >= Likely).OrderByDescending(m => m.Score).ThenBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Account.Value).Take(5)];
    }

    /// <summary>The one definition of a customer's name for comparison: folded words without legal form, in one order.</summary>
    public static string NameKey(string name) => string.Join(' ', CompanyKeys.Words(name).Order(StringComparer.Ordinal));

    /// <summary>The registrable domain of a web site or mail address, or null where there is none or anybody has an address there.</summary>
    public static string? Domain(string? written) => Domains.Parse(written) is { IsFreeMail: false } domain ? domain.Registrable : null;

    /// <summary>The comparable form of a tax number, or null.</summary>
    public static string? TaxKey(string? written) => TaxNumbers.Key(written);

    /// <summary>The short keys under which a written customer is kept (<paramref name="asking"/> false) or asked for: two writings of one customer share at least one.</summary>
    public static IReadOnlyList<string> Keys(TypedCustomer typed, bool asking)
    {
        var record = new CompanyRecord(typed.Name, typed.Domain, typed.TaxNumber, typed.Country, typed.City);
        var keys = asking ? CompanyKeys.Asked(record) : CompanyKeys.Stored(record);
        return [.. keys.Exact, .. keys.Near];
    }

    /// <summary>How likely two written customers are one company, 0 to 1; the same judgement as <see cref="MatchAsync"/>.</summary>
    public static double Compare(TypedCustomer one, TypedCustomer other) =>
        new CompanyProbe(new CompanyRecord(one.Name, one.Domain, one.TaxNumber, one.Country, one.City)).Compare(new CompanyRecord(other.Name, other.Domain, other.TaxNumber, other.Country, other.City)).Score;

    private static async Task<List<AccountId>> CandidatesAsync(Work work, CompanyKeys asked, CancellationToken ct)
    {
        var rows = await KeyRows.FewOfEach<AccountKey>(work.Db, [.. asked.Exact, .. asked.Near], "account_id", MostOfKey).Select(k => new { k.Key, k.AccountId }).ToListAsync(ct);
        var exact = asked.Exact.ToHashSet();
        var ids = rows.Where(r => exact.Contains(r.Key)).OrderBy(r => r.Key, StringComparer.Ordinal).Take(MostExact).Select(r => r.AccountId).ToList();
        var near = rows.Where(r => !exact.Contains(r.Key)).ToList();
        // What many share says little.
        var common = near.GroupBy(r => r.Key).ToDictionary(g => g.Key, g => 1.0 / g.Count());
        ids.AddRange(near.GroupBy(r => r.AccountId).Select(g => (Id: g.Key, Weight: g.Sum(r => common[r.Key])))
            .OrderByDescending(g => g.Weight).ThenBy(g => g.Id.Value).Take(MostCandidates).Select(g => g.Id));
        return [.. ids.Distinct()];
    }
}
