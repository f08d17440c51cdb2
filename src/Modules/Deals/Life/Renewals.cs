using Microsoft.EntityFrameworkCore;
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
        await work.LockAsync($"renewal:{won}", ct);
        return await OfAsync(work, won, ct) is { } living && living != self ? LifeProblems.AlreadyRenewed(living) : deal;
    }

    public static bool SameCustomer(Deal won, DealFields fields) =>
        won.CustomerKey == Customer.Key(fields.CustomerName) || (won.CustomerDomain is { } domain && domain == Customer.Domain(fields.CustomerDomain));

    /// <summary>Whether another partner has lately sold this product to the customer: it may renew before somebody else takes over.</summary>
    public static async Task<bool> OthersIncumbentAsync(Work work, Deal deal, CancellationToken ct)
    {
        var since = work.Now.AddMonths(-IncumbentMonths);
        var (key, domain, account, holder, product) = (deal.CustomerKey, deal.CustomerDomain, deal.AccountId, deal.PartnerId, deal.ProductId);
        // What is not known is asked for as something that nobody has: one statement, whatever is known.
        var (web, found) = (domain ?? "", account ?? default);
        var same = All(work).Where(d => d.CustomerKey == key).Select(d => d.Id).Union(All(work).Where(d => d.CustomerDomain == web).Select(d => d.Id))
            .Union(All(work).Where(d => d.AccountId == found).Select(d => d.Id));
        var won = await All(work).Where(d => same.Contains(d.Id) && d.State == DealState.Won && d.PartnerId != holder && d.ClosedAt >= since && d.ProductId == product)
            .Select(d => new { d.AccountId, d.CustomerDomain, d.CustomerKey }).Take(50).ToListAsync(ct);
        return won.Any(w => Claims.Compare(account, domain, key, w.AccountId, w.CustomerDomain, w.CustomerKey) == Deals.SameCustomer.Yes);
    }

    private static IQueryable<Deal> All(Work work) => work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
}
