using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Registrations that wait for a decision, by the managers of their partners.</summary>
internal sealed class ReviewLoad(Work work) : IManagerLoad
{
    public string Label => "Registrations in review";

    public Permission Permission => DealsPermissions.View;

    public async Task<IReadOnlyDictionary<PersonId, int>> CountAsync(CancellationToken ct)
    {
        var counted = await (
            from d in work.Db.Set<Deal>().AsNoTracking()
            join p in work.Db.Set<PartnerRow>() on new { d.TenantId, Id = d.PartnerId } equals new { p.TenantId, p.Id }
            where d.State == DealState.InReview
            group d by p.ManagerId into g
            select new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return counted.ToDictionary(c => c.Key ?? default, c => c.Count);
    }
}
