using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Which account in our records the typed customer is.</summary>
internal static class Matching
{
    /// <summary>At this score it is the account; between the two a person chooses; below, nobody is meant.</summary>
    public const double Sure = 0.9;

    public const double Possible = 0.65;

    public static async Task<IReadOnlyList<CustomerMatch>> FindAsync(Work work, Deal deal, CancellationToken ct)
    {
        var matches = await Customers.MatchAsync(work, new TypedCustomer(deal.CustomerName, deal.CustomerDomain, deal.Country), ct);
        return [.. matches.Where(m => m.Score >= Possible).OrderByDescending(m => m.Score).Take(10)];
    }

    /// <summary>Pure: the account, where one stands out.</summary>
    public static (AccountState State, AccountId? Account) Choose(IReadOnlyList<CustomerMatch> matches)
    {
        if (matches.Count == 0) return (AccountState.New, null);
        var best = matches[0];
        var alone = matches.Count == 1 || matches[1].Score < best.Score;
        return best.Score >= Sure && alone ? (AccountState.Matched, best.Account) : (AccountState.Pending, null);
    }
}

// Stands in until Accounts publishes its own.
internal static class Customers
{
    public static async Task<IReadOnlyList<CustomerMatch>> MatchAsync(Work work, TypedCustomer typed, CancellationToken ct)
    {
        var (domain, name) = (typed.Domain, Text.Fold(typed.Name));
        var rows = await work.Db.Set<AccountRow>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking()
            .Where(a => (domain != null && a.Domain == domain) || a.SearchText.StartsWith(name)).Take(20).ToListAsync(ct);
        return [.. rows.Select(a => new CustomerMatch(a.Id, a.Name, a.Domain == domain && domain != null ? 0.99 : Customer.Key(a.Name) == Customer.Key(typed.Name) ? 0.95 : 0.5, ["equal"]))];
    }
}
