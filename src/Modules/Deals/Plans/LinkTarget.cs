using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetLink(TargetId Target, DealId Deal);

/// <summary>Links a registration that the partner has made from the list: from then on the company stands as a deal, and what was planned goes on there.</summary>
internal sealed class LinkTarget(Work work, TakePlanOver plan) : UseCase<TargetLink, TargetId>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<TargetId>> HandleAsync(TargetLink input, CancellationToken ct)
    {
        var target = await Db.Set<Target>().SingleOrDefaultAsync(t => t.Id == input.Target, ct);
        if (target is null) return TargetProblems.NoTarget();
        var list = await Work.TargetListAsync(target.ListId, ct);
        if (!list.Ok) return list.Problem;
        var partner = target.PartnerId;
        if (!await Db.Set<Deal>().AnyAsync(d => d.Id == input.Deal && d.PartnerId == partner && d.State != DealState.Draft, ct)) return TargetProblems.NotYourDeal();
        if (target.DealId != input.Deal) await plan.IntoAsync(target, input.Deal, ct);
        (target.DealId, target.State, target.ChangedAt, target.ChangedByName) = (input.Deal, TargetState.Deal, Work.Now, Work.Actor.Name);
        return target.Id;
    }
}
