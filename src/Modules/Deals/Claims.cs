using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>Another registration of what may be the same customer, as the decision sees it.</summary>
internal sealed record Claim
{
    public required DealId Deal { get; init; }
    public required PartnerId Partner { get; init; }
    public required DealState State { get; init; }
    public required string CustomerName { get; init; }
    public required string CustomerKey { get; init; }
    public string? CustomerDomain { get; init; }
    public AccountId? Account { get; init; }
    public ProductId? Product { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public DateTime? SubmittedAt { get; init; }
    public string? Country { get; init; }
    public string? City { get; init; }
    public string? TaxNumber { get; init; }

    /// <summary>Approved and in its time, or converted: nobody else may have it.</summary>
    public bool IsProtected(DateOnly today) => State == DealState.Converted || (State == DealState.Approved && (ExpiresOn is not { } last || last >= today));

    /// <summary>Waits for somebody; what becomes of it is open.</summary>
    public bool IsPending => DealLifecycle.Pending.Contains(State);

    /// <summary>A registration without a product covers all of them.</summary>
    public bool Covers(ProductId? product) => Product is null || product is null || Product == product;
}

/// <summary>How sure it is that two registrations name the same customer.</summary>
internal enum SameCustomer
{
    No,

    /// <summary>Equal names, but different web addresses: a person should look.</summary>
    Perhaps,
    Yes,
}

/// <summary>Finds and judges the claims on one customer.</summary>
internal static class Claims
{
    private const int Most = 200;
    private const int MostOfKey = 40;

    public static SameCustomer Compare(AccountId? account, string? domain, string key, AccountId? otherAccount, string? otherDomain, string otherKey)
    {
        if (account is { } a && otherAccount is { } b && a == b) return SameCustomer.Yes;
        if (domain is not null && domain == otherDomain) return SameCustomer.Yes;
        if (key != otherKey) return SameCustomer.No;
        var knownApart = (domain is not null && otherDomain is not null) || (account is not null && otherAccount is not null);
        return knownApart ? SameCustomer.Perhaps : SameCustomer.Yes;
    }

    /// <summary>As <see cref="Compare"/>, and further: one tax number is one customer, one name in two countries or two spellings perhaps.</summary>
    public static SameCustomer Judge(TypedCustomer typed, AccountId? account, Claim claim) => JudgeOf(typed, account)(claim);

    /// <summary>The same for several claims: what is known of the customer is read once.</summary>
    public static Func<Claim, SameCustomer> JudgeOf(TypedCustomer typed, AccountId? account)
    {
        var (tax, domain, key, likeness) = (Customers.TaxKey(typed.TaxNumber), Customer.Domain(typed.Domain), Customer.Key(typed.Name), Customers.Against(typed));
        return claim =>
        {
            if (tax is not null && tax == Customers.TaxKey(claim.TaxNumber)) return SameCustomer.Yes;
            var same = Compare(account, domain, key, claim.Account, claim.CustomerDomain, claim.CustomerKey);
            if (same == SameCustomer.Yes && key == claim.CustomerKey && typed.Country is { } here && claim.Country is { } there && here != there
                && (domain is null || domain != claim.CustomerDomain) && (account is null || account != claim.Account)) return SameCustomer.Perhaps;
            if (same != SameCustomer.No) return same;
            return likeness(new TypedCustomer(claim.CustomerName, claim.CustomerDomain, claim.Country, claim.TaxNumber, claim.City)) >= Customers.Likely ? SameCustomer.Perhaps : SameCustomer.No;
        };
    }

    /// <summary>All living registrations of what is surely or perhaps this customer, of every partner: the decision needs them, the partner never sees them.</summary>
    public static Task<List<Claim>> OnAsync(Work work, Deal deal, CancellationToken ct) => OnAsync(work, deal.Id, deal.AccountId, deal.CustomerDomain, deal.CustomerKey, ct, Customer.Typed(deal));

    /// <summary>All living registrations with this account, domain or name; and with <paramref name="typed"/> those whose names are like it.</summary>
    public static async Task<List<Claim>> OnAsync(Work work, DealId? except, AccountId? account, string? domain, string key, CancellationToken ct, TypedCustomer? typed = null)
    {
        var asks = new Asks(work.Db);
        var claims = Ask(asks, work, except, account, domain, key, typed);
        await asks.RunAsync(ct);
        return claims;
    }

    /// <summary>The same as one look-up among others.</summary>
    public static List<Claim> Ask(Asks asks, Work work, Deal deal) => Ask(asks, work, deal.Id, deal.AccountId, deal.CustomerDomain, deal.CustomerKey, Customer.Typed(deal));

    private static List<Claim> Ask(Asks asks, Work work, DealId? except, AccountId? account, string? domain, string key, TypedCustomer? typed)
    {
        var (near, keys) = work.Db.Engine.FewOfEach("deals_claim_key", "deal_id", 6, typed is null ? [] : Customers.Keys(typed, asking: true), MostOfKey);
        // Narrow look-ups instead of one OR, so that each finds its index on both engines. What is not known is asked for as something that nobody has.
        return asks.For($"""
            SELECT d.id, d.partner_id, d.state, d.customer_name, d.customer_key, d.customer_domain, d.account_id, d.product_id, d.expires_on, d.submitted_at, d.country, d.customer_city, d.customer_tax_number
            FROM deals_deal AS d
            WHERE d.tenant_id = $1 AND d.id <> $2 AND d.state IN ({Alive}) AND d.id IN (
                SELECT id FROM deals_deal WHERE tenant_id = $1 AND customer_key = $3
                UNION SELECT id FROM deals_deal WHERE tenant_id = $1 AND customer_domain = $4
                UNION SELECT id FROM deals_deal WHERE tenant_id = $1 AND account_id = $5
                UNION SELECT deal_id FROM ({near}) AS n)
            LIMIT {Most}
            """, Read, [except ?? default, key, domain ?? "", account ?? default, .. keys]);
    }

    private static Claim Read(AskedRow row) => new()
    {
        Deal = row.Id<DealId>(0),
        Partner = row.Id<PartnerId>(1),
        State = row.Word<DealState>(2)!.Value,
        CustomerName = row.Text(3),
        CustomerKey = row.Text(4),
        CustomerDomain = row.TextOrNull(5),
        Account = row.IdOrNull<AccountId>(6),
        Product = row.IdOrNull<ProductId>(7),
        ExpiresOn = row.Day(8),
        SubmittedAt = row.Time(9),
        Country = row.TextOrNull(10),
        City = row.TextOrNull(11),
        TaxNumber = row.TextOrNull(12),
    };

    private static readonly string Alive = string.Join(", ", DealLifecycle.Claiming.Concat(DealLifecycle.Pending).Select(s => $"'{Words.Of(s)}'"));
}
