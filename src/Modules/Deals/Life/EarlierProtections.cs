using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>For how long a partner was protected for a customer and product before, without winning it: what is withdrawn and sent again is no new beginning.</summary>
internal static class EarlierProtections
{
    private const int Most = 50;

    private static readonly DealState[] Ended = [DealState.Withdrawn, DealState.Expired, DealState.Lost, DealState.Revoked];

    /// <summary>Pure: the days from the approval to the end, for what was protected at all.</summary>
    public static int Days(DateOnly? expires, DateTime? approved, DateTime? ended) => expires is null || approved is not { } from || ended is not { } to || to < from ? 0 : (int)(to - from).TotalDays;

    /// <summary>Asks along with other things. Known when the look-ups are done.</summary>
    public static Func<int> Ask(Asks asks, Work work, Deal deal)
    {
        var (key, domain, account, before) = (deal.CustomerKey, deal.CustomerDomain, deal.AccountId, deal.ProtectedBefore);
        var (same, product) = deal.ProductId is { } one ? ("(d.product_id = $7 OR d.product_id IS NULL)", new object?[] { one }) : ("1 = 1", []);
        var ended = asks.For($"""
            SELECT d.account_id, d.customer_domain, d.customer_key, d.expires_on, d.decided_at, d.closed_at, d.protected_before
            FROM deals_deal AS d
            WHERE d.tenant_id = $1 AND d.partner_id = $5 AND d.id <> $6 AND d.state IN ({string.Join(", ", Ended.Select(s => $"'{Words.Of(s)}'"))}) AND {same} AND d.id IN (
                SELECT id FROM deals_deal WHERE tenant_id = $1 AND customer_key = $2
                UNION SELECT id FROM deals_deal WHERE tenant_id = $1 AND customer_domain = $3
                UNION SELECT id FROM deals_deal WHERE tenant_id = $1 AND account_id = $4)
            LIMIT {Most}
            """, row => (Account: row.IdOrNull<AccountId>(0), Domain: row.TextOrNull(1), Key: row.Text(2), Days: Days(row.Day(3), row.Time(4), row.Time(5)) + (int)(row.Number(6) ?? 0)),
            [key, domain ?? "", account ?? default, deal.PartnerId, deal.Id, .. product]);
        return () => before + ended.Where(e => Claims.Compare(account, domain, key, e.Account, e.Domain, e.Key) == Deals.SameCustomer.Yes).Sum(e => e.Days);
    }
}
