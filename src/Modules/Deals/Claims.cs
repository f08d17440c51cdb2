using Microsoft.EntityFrameworkCore;
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
    public static SameCustomer Judge(TypedCustomer typed, AccountId? account, Claim claim)
    {
        if (Customers.TaxKey(typed.TaxNumber) is { } tax && tax == Customers.TaxKey(claim.TaxNumber)) return SameCustomer.Yes;
        var (domain, key) = (Customer.Domain(typed.Domain), Customer.Key(typed.Name));
        var same = Compare(account, domain, key, claim.Account, claim.CustomerDomain, claim.CustomerKey);
        if (same == SameCustomer.Yes && key == claim.CustomerKey && typed.Country is { } here && claim.Country is { } there && here != there
            && (domain is null || domain != claim.CustomerDomain) && (account is null || account != claim.Account)) return SameCustomer.Perhaps;
        if (same != SameCustomer.No) return same;
        var likeness = Customers.Compare(typed, new TypedCustomer(claim.CustomerName, claim.CustomerDomain, claim.Country, claim.TaxNumber, claim.City));
        return likeness >= Customers.Likely ? SameCustomer.Perhaps : SameCustomer.No;
    }

    /// <summary>All living registrations of what is surely or perhaps this customer, of every partner: the decision needs them, the partner never sees them.</summary>
    public static Task<List<Claim>> OnAsync(Work work, Deal deal, CancellationToken ct) => OnAsync(work, deal.Id, deal.AccountId, deal.CustomerDomain, deal.CustomerKey, ct, Customer.Typed(deal));

    /// <summary>All living registrations with this account, domain or name; and with <paramref name="typed"/> those whose names are like it.</summary>
    public static async Task<List<Claim>> OnAsync(Work work, DealId? except, AccountId? account, string? domain, string key, CancellationToken ct, TypedCustomer? typed = null)
    {
        var near = typed is null ? [] : await NearAsync(work, typed, ct);
        var alive = DealLifecycle.Claiming.Concat(DealLifecycle.Pending).ToArray();
        // What is not known is asked for as something that nobody has: one statement, whatever is known.
        var (self, web, found) = (except ?? default, domain ?? "", account ?? default);
        var deals = work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
        // Four narrow look-ups instead of one OR, so that each finds its index on both engines.
        var same = deals.Where(d => d.CustomerKey == key).Select(d => d.Id).Union(deals.Where(d => d.CustomerDomain == web).Select(d => d.Id))
            .Union(deals.Where(d => near.Contains(d.Id)).Select(d => d.Id)).Union(deals.Where(d => d.AccountId == found).Select(d => d.Id));
        return await deals.Where(d => same.Contains(d.Id) && alive.Contains(d.State) && d.Id != self)
            .Select(d => new Claim
            {
                Deal = d.Id,
                Partner = d.PartnerId,
                State = d.State,
                CustomerName = d.CustomerName,
                CustomerKey = d.CustomerKey,
                CustomerDomain = d.CustomerDomain,
                Account = d.AccountId,
                Product = d.ProductId,
                ExpiresOn = d.ExpiresOn,
                SubmittedAt = d.SubmittedAt,
                Country = d.Country,
                City = d.CustomerCity,
                TaxNumber = d.CustomerTaxNumber,
            })
            .Take(Most).ToListAsync(ct);
    }

    private static async Task<List<DealId>> NearAsync(Work work, TypedCustomer typed, CancellationToken ct) =>
        await KeyRows.FewOfEach<Conflicts.ClaimKey>(work.Db, Customers.Keys(typed, asking: true), "deal_id", MostOfKey).Select(k => k.DealId).Distinct().ToListAsync(ct);
}
