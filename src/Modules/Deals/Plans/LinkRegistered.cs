using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>A draft that was begun from a target list is registered: its company stands as a deal, and what was planned goes on there. On a list that has ended nothing changes any more.</summary>
internal sealed class LinkRegistered(Work work, TakePlanOver plan)
{
    public async Task RunAsync(Deal deal, CancellationToken ct)
    {
        var (id, holder, distributor) = (deal.Id, deal.PartnerId, deal.DistributorId);
        // By the lists of the partners: there is one look-up for each of the few.
        var lists = work.Db.Set<TargetList>().IgnoreQueryFilters([Db.PartnerFilter]).Where(l => (l.PartnerId == holder || l.PartnerId == distributor) && l.ArchivedAt == null).Select(l => l.Id);
        var begun = await work.Db.Set<Target>().IgnoreQueryFilters([Db.PartnerFilter]).Where(t => lists.Contains(t.ListId) && t.DealId == id && t.State != TargetState.Deal).ToListAsync(ct);
        foreach (var target in begun)
        {
            // The registration has become a reseller's, and the company stands on the distributor's list.
            if (target.PartnerId != holder)
            {
                target.DealId = null;
                continue;
            }

            // The second partner of a joint registration, who makes it count, neither plans here nor reads what was planned.
            if (work.Actor.Partner == target.PartnerId) await plan.IntoAsync(target, id, ct);
            (target.State, target.ChangedAt, target.ChangedByName) = (TargetState.Deal, work.Now, work.Actor.Partner == target.PartnerId ? work.Actor.Name : deal.RegisteredByName);
        }
    }
}
