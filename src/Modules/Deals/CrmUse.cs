using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.Opportunities;
using Trellis.Deals.Passing;
using Trellis.Deals.Plans;
using Trellis.Deals.Relations;
using Trellis.Kernel;

namespace Trellis.Deals;

/// <summary>The accounts, opportunities and products that registrations and conflicts name, of every partner.</summary>
internal sealed class CrmUse(Work work) : ICrmUse
{
    public string What => "a deal, a lead, a customer relation or a target list";

    public async Task<IReadOnlyCollection<AccountId>> AccountsAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken ct) =>
    [
        .. await Deals.Where(d => d.AccountId != null && accounts.Contains(d.AccountId.Value)).Select(d => d.AccountId!.Value).Distinct().ToListAsync(ct),
        .. await Conflicts.Where(c => c.AccountId != null && accounts.Contains(c.AccountId.Value)).Select(c => c.AccountId!.Value).Distinct().ToListAsync(ct),
        .. await work.Db.Set<CustomerRelation>().IgnoreQueryFilters([Db.PartnerFilter]).Where(r => accounts.Contains(r.AccountId)).Select(r => r.AccountId).Distinct().ToListAsync(ct),
        .. await work.Db.Set<Target>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => t.AccountId != null && accounts.Contains(t.AccountId.Value)).Select(t => t.AccountId!.Value).Distinct().ToListAsync(ct),
    ];

    public async Task<IReadOnlyCollection<OpportunityId>> OpportunitiesAsync(IReadOnlyCollection<OpportunityId> opportunities, CancellationToken ct) =>
    [
        .. await Deals.Where(d => d.OpportunityId != null && opportunities.Contains(d.OpportunityId.Value)).Select(d => d.OpportunityId!.Value).Distinct().ToListAsync(ct),
        .. await work.Db.Set<PlannedPlace>().IgnoreQueryFilters([Db.PartnerFilter]).Where(p => opportunities.Contains(p.OpportunityId)).Select(p => p.OpportunityId).Distinct().ToListAsync(ct),
        .. await work.Db.Set<Lead>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => l.OpportunityId != null && opportunities.Contains(l.OpportunityId.Value)).Select(l => l.OpportunityId!.Value).Distinct().ToListAsync(ct),
        .. await Conflicts.Where(c => c.OpportunityId != null && opportunities.Contains(c.OpportunityId.Value)).Select(c => c.OpportunityId!.Value).Distinct().ToListAsync(ct),
    ];

    public async Task<IReadOnlyCollection<ProductId>> ProductsAsync(IReadOnlyCollection<ProductId> products, CancellationToken ct) =>
        await Deals.Where(d => d.ProductId != null && products.Contains(d.ProductId.Value)).Select(d => d.ProductId!.Value).Distinct().ToListAsync(ct);

    private IQueryable<Deal> Deals => work.Db.Set<Deal>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();

    private IQueryable<Conflict> Conflicts => work.Db.Set<Conflict>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
}
