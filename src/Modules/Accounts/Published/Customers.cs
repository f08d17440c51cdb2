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
    /// <param name="work">The work.</param>
    /// <param name="typed">The customer as somebody types it.</param>
    /// <param name="ct">Ends it early.</param>
    /// <param name="holding">Keys that are taken before anything is read, in the same round trip.</param>
    public static async Task<IReadOnlyList<CustomerMatch>> MatchAsync(Work work, TypedCustomer typed, CancellationToken ct, IEnumerable<string>? holding = null)
    {
        var asks = new Asks(work.Db);
        if (holding is not null) asks.Lock(holding);
        var asked = new CompanyRecord(typed.Name, typed.Domain, typed.TaxNumber, typed.Country, typed.City);
        var keys = typed.Name.Length > 500 ? new CompanyKeys([], []) : CompanyKeys.Asked(asked);
        var rows = keys.Exact.Count + keys.Near.Count == 0 ? [] : AskKeys(work, asks, keys);
        await asks.RunAsync(ct);
        var ids = Candidates(rows, keys);
        if (ids.Count == 0) return [];
        var found = await AccountsAsync(work, ids, ct);
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
    public static double Compare(TypedCustomer one, TypedCustomer other) => Against(one)(other);

    /// <summary>The same of one written customer against several others.</summary>
    public static Func<TypedCustomer, double> Against(TypedCustomer one)
    {
        var probe = new CompanyProbe(new CompanyRecord(one.Name, one.Domain, one.TaxNumber, one.Country, one.City));
        return other => probe.Compare(new CompanyRecord(other.Name, other.Domain, other.TaxNumber, other.Country, other.City)).Score;
    }

    private static List<(string Key, AccountId Account)> AskKeys(Work work, Asks asks, CompanyKeys asked)
    {
        var (sql, values) = work.Db.Engine.FewOfEach("accounts_key", "account_id", 2, [.. asked.Exact, .. asked.Near], MostOfKey);
        return asks.For(sql, row => (row.Text(0), row.Id<AccountId>(1)), values);
    }

    private static async Task<List<TypedAccount>> AccountsAsync(Work work, IReadOnlyList<AccountId> ids, CancellationToken ct)
    {
        var asks = new Asks(work.Db);
        var (condition, values) = work.Db.Engine.OneOf("id", 2, [.. ids.Select(id => id.Value)]);
        var found = asks.For($"SELECT id, name, domain, tax_number, country, city FROM accounts_account WHERE tenant_id = $1 AND {condition}",
            row => new TypedAccount(row.Id<AccountId>(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5)), values);
        await asks.RunAsync(ct);
        return found;
    }

    private static List<AccountId> Candidates(List<(string Key, AccountId Account)> rows, CompanyKeys asked)
    {
        var exact = asked.Exact.ToHashSet();
        var ids = rows.Where(r => exact.Contains(r.Key)).OrderBy(r => r.Key, StringComparer.Ordinal).Take(MostExact).Select(r => r.Account).ToList();
        var near = rows.Where(r => !exact.Contains(r.Key)).ToList();
        // What many share says little.
        var common = near.GroupBy(r => r.Key).ToDictionary(g => g.Key, g => 1.0 / g.Count());
        ids.AddRange(near.GroupBy(r => r.Account).Select(g => (Id: g.Key, Weight: g.Sum(r => common[r.Key])))
            .OrderByDescending(g => g.Weight).ThenBy(g => g.Id.Value).Take(MostCandidates).Select(g => g.Id));
        return [.. ids.Distinct()];
    }

    private readonly record struct TypedAccount(AccountId Id, string Name, string? Domain, string? TaxNumber, string? Country, string? City);
}
