using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>Renewals: the partner that sold it registers the same customer again, and stands first.</summary>
internal static class Renewals
{
    /// <summary>How long after a win the seller is the incumbent: a year's contract and the time to renew it.</summary>
    public const int IncumbentMonths = 18;

    private static readonly DealState[] Ended = [DealState.Rejected, DealState.Withdrawn, DealState.Expired, DealState.Lost, DealState.Revoked];

    /// <summary>The living renewal of a won deal.</summary>
    public static Task<DealId?> OfAsync(Work work, DealId won, CancellationToken ct) =>
        work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).Where(d => d.RenewalOf == won && !Ended.Contains(d.State)).OrderByDescending(d => d.Id).Select(d => (DealId?)d.Id).FirstOrDefaultAsync(ct);

    /// <summary>The won deal that shall be renewed, if this actor holds it and nobody renews it already.</summary>
    public static async Task<Result<Deal>> FindAsync(Work work, DealId won, DealId? self, CancellationToken ct)
    {
        var deal = await work.Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == won, ct);
        if (deal is null) return DealsProblems.Missing();
        if (deal.State != DealState.Won || !deal.IsHeldBy(work.Actor.Partner)) return LifeProblems.NotRenewable();
        if (deal.ClosedAt is { } closed && closed < work.Now.AddMonths(-IncumbentMonths)) return LifeProblems.TooLateToRenew(IncumbentMonths);
        await work.LockAsync($"renewal:{won}", ct);
        return await OfAsync(work, won, ct) is { } living && living != self ? LifeProblems.AlreadyRenewed(living) : deal;
    }

    /// <summary>A renewal is of the same customer and product.</summary>
    public static Problem? Other(Deal won, DealFields fields) =>
        !SameCustomer(won, fields) ? LifeProblems.OtherCustomer() : won.ProductId is not null && fields.Product is not null && fields.Product != won.ProductId ? LifeProblems.OtherProduct() : null;

    private static bool SameCustomer(Deal won, DealFields fields) =>
        won.CustomerKey == Customer.Key(fields.CustomerName) || (won.CustomerDomain is { } domain && domain == Customer.Domain(fields.CustomerDomain));

    /// <summary>Asks for the won deal that this registration renews; there is none where it renews nothing.</summary>
    public static List<RenewedDeal> AskRenewed(Asks asks, Deal deal) => deal.RenewalOf is not { } won ? [] : asks.For($"""
        SELECT won_amount, currency, product_id, customer_key, customer_domain, account_id
        FROM deals_deal WHERE tenant_id = $1 AND id = $2 AND partner_id = $3 AND state = '{Words.Of(DealState.Won)}'
        """, row => new RenewedDeal(row.Number(0) ?? 0, row.Text(1), row.IdOrNull<ProductId>(2), row.Text(3), row.TextOrNull(4), row.IdOrNull<AccountId>(5)), won, deal.PartnerId);

    /// <summary>Asks whether another partner has lately sold this product to the customer: it may renew before somebody else takes over. Known when the look-ups are done.</summary>
    public static Func<bool> AskOthersIncumbent(Asks asks, Work work, Deal deal)
    {
        var (key, domain, account) = (deal.CustomerKey, deal.CustomerDomain, deal.AccountId);
        var (same, product) = deal.ProductId is { } one ? ("d.product_id = $7", new object?[] { one }) : ("d.product_id IS NULL", []);
        // What is not known is asked for as something that nobody has.
        var won = asks.For($"""
            SELECT d.account_id, d.customer_domain, d.customer_key
            FROM deals_deal AS d
            WHERE d.tenant_id = $1 AND d.state = '{Words.Of(DealState.Won)}' AND d.partner_id <> $5 AND d.closed_at >= $6 AND {same} AND d.id IN (
                SELECT id FROM deals_deal WHERE tenant_id = $1 AND customer_key = $2
                UNION SELECT id FROM deals_deal WHERE tenant_id = $1 AND customer_domain = $3
                UNION SELECT id FROM deals_deal WHERE tenant_id = $1 AND account_id = $4)
            LIMIT 50
            """, row => (Account: row.IdOrNull<AccountId>(0), Domain: row.TextOrNull(1), Key: row.Text(2)),
            [key, domain ?? "", account ?? default, deal.PartnerId, work.Now.AddMonths(-IncumbentMonths), .. product]);
        return () => won.Exists(w => Claims.Compare(account, domain, key, w.Account, w.Domain, w.Key) == Deals.SameCustomer.Yes);
    }
}

/// <summary>A won deal as its renewal is measured by it.</summary>
internal sealed record RenewedDeal(long Amount, string Currency, ProductId? Product, string CustomerKey, string? CustomerDomain, AccountId? Account)
{
    /// <summary>Whether the registration is still of the same customer and product: a change may have made it another one.</summary>
    public bool IsRenewedBy(Deal deal) => (Product is null || Product == deal.ProductId)
        && (CustomerKey == deal.CustomerKey || (CustomerDomain is { } domain && domain == deal.CustomerDomain) || (Account is { } account && account == deal.AccountId));

    /// <summary>The amount in the main currency as a part of what was won, in percent, both at the rate of the day.</summary>
    public decimal? Growth(long? amount, RateBook rates, string main, DateOnly day)
    {
        var won = Currency == main ? Amount : rates.At(Currency, main, day) is { } quote ? new Money(Amount, Currency).At(quote.Rate, main).Minor : 0;
        return amount is { } minor && won > 0 ? Math.Round(100m * minor / won, 1) : null;
    }
}
