using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Which account in our records the typed customer is.</summary>
internal static class Matching
{
    /// <summary>At this score it is the account; below, down to what Accounts calls likely, a person chooses.</summary>
    public const double Sure = 0.9;

    public static Task<IReadOnlyList<CustomerMatch>> FindAsync(Work work, Deal deal, CancellationToken ct) =>
        Customers.MatchAsync(work, Customer.Typed(deal), ct);

    /// <summary>The same for who is about to decide: from then on nobody else decides on this customer until the transaction ends.</summary>
    public static Task<IReadOnlyList<CustomerMatch>> HoldAndFindAsync(Work work, Deal deal, CancellationToken ct) =>
        Customers.MatchAsync(work, Customer.Typed(deal), ct, Moves.NameKeys(deal));

    /// <summary>Pure: the account, where one stands out.</summary>
    public static (AccountState State, AccountId? Account) Choose(IReadOnlyList<CustomerMatch> matches)
    {
        if (matches.Count == 0) return (AccountState.New, null);
        var best = matches[0];
        var alone = matches.Count == 1 || matches[1].Score < best.Score;
        return best.Score >= Sure && alone ? (AccountState.Matched, best.Account) : (AccountState.Pending, null);
    }
}
