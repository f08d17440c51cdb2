using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>The compensation rules that published plans know, for those who write rules of engagement.</summary>
internal sealed class KnownCompensations(Work work) : IKnownCompensations
{
    public async Task<IReadOnlyCollection<string>> NamesAsync(CancellationToken ct) => await (
        from s in work.Db.Set<PlanScheme>().AsNoTracking()
        join p in work.Db.Set<Plan>() on new { s.TenantId, Id = s.PlanId } equals new { p.TenantId, p.Id }
        where p.State == PlanState.Published
        select s.Name).Distinct().ToListAsync(ct);
}
