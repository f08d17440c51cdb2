using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>A deal with a partner as its direct seller sees it; amounts are null where the partner does not show them.</summary>
internal sealed record SellerLine(DealId Deal, string Title, PartnerId Partner, string PartnerName, DealState State, DateTime StateSince, Money? Amount, SellerPay? Pay, DealVisibility Level);

/// <summary>A direct seller's deals with a partner: those of the own opportunities, and those at the own accounts.</summary>
internal static class SellerDeals
{
    public const int Most = 1000;

    public static async Task<IReadOnlyList<SellerLine>> FindAsync(Work work, string seller, CancellationToken ct)
    {
        var (db, recent) = (work.Db, work.Now.AddDays(-180));
        var plan = await RepPlans.CurrentAsync(work, ct);
        var deals = db.Set<Deal>().AsNoTracking();
        // From what the seller owns to its deals: the other way round every deal would be asked whose it is. The opportunity says it where there is one.
        var owned = (from o in db.Set<OpportunityRow>()
                     where o.OwnerName == seller
                     join d in deals on new { o.TenantId, Id = (OpportunityId?)o.Id } equals new { d.TenantId, Id = d.OpportunityId }
                     // Says nothing new, but lets PostgreSQL estimate by the index of linked deals alone.
                     where d.OpportunityId != null
                     select d.Id).Concat(
                     from a in db.Set<AccountRow>()
                     where a.OwnerName == seller
                     join d in deals on new { a.TenantId, Id = (AccountId?)a.Id } equals new { d.TenantId, Id = d.AccountId }
                     where d.OpportunityId == null
                     select d.Id);
        var rows = await (
            from d in deals
            where owned.Contains(d.Id) && (d.State == DealState.Approved || d.State == DealState.Converted || (d.State == DealState.Won && d.ClosedAt >= recent))
            orderby d.State == DealState.Won, d.CreatedAt descending
            select new
            {
                d.Id, d.Title, d.PartnerId, d.State, d.StateSince, d.Amount, d.WonAmount, d.Currency, d.MainAmount, d.NoRate,
                Level = db.Set<DirectSight>().Where(s => s.TenantId == d.TenantId && s.DealId == d.Id).Select(s => (DealVisibility?)s.Level).FirstOrDefault(),
            }).Take(Most).ToListAsync(ct);
        var names = await DealList.PartnerNamesAsync(work, [.. rows.Select(r => r.PartnerId)], ct);
        var (all, main) = (work.Actor.May(DealsPermissions.SeeAll), work.Settings.Currency);
        return [.. rows.Select(r =>
        {
            var level = all ? DealVisibility.Full : r.Level ?? DealVisibility.Full;
            Money? amount = level >= DealVisibility.Summary ? new Money(r.WonAmount ?? r.Amount, r.Currency) : null;
            // Sellers are paid in the main currency, so that their commission adds up.
            Money? basis = amount is null || r.NoRate ? null : new Money(r.MainAmount, main);
            var pay = basis is { } money && plan is not null ? CommissionCheck.Of(money, plan.CommissionBasisPoints, plan.Rule, plan.AdjustBasisPoints) : null;
            return new SellerLine(r.Id, r.Title, r.PartnerId, names.GetValueOrDefault(r.PartnerId, ""), r.State, r.StateSince, amount, pay, level);
        })];
    }
}
