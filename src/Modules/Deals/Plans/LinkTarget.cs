using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetLink(TargetId Target, DealId Deal);

/// <summary>
/// Links a registration that the partner has made from the list: from then on the company stands as a deal, and what was planned goes on there. A draft that the partner has begun there is only kept in
/// mind: the company stands as it stood until the draft is registered (<see cref="LinkRegistered"/>).
/// </summary>
internal sealed class LinkTarget(Work work, TakePlanOver plan) : UseCase<TargetLink, TargetId>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    /// <summary>Links what was made on a page that was opened for a company; where that is none, or the person may not plan, it stays without.</summary>
    public async Task OfAsync(string? target, DealId deal, CancellationToken ct)
    {
        if (Ids.Parse<TargetId>(target) is { } id && Work.Actor.May(Permission)) await RunAsync(new TargetLink(id, deal), ct);
    }

    protected override async Task<Result<TargetId>> HandleAsync(TargetLink input, CancellationToken ct)
    {
        var target = await Db.Set<Target>().SingleOrDefaultAsync(t => t.Id == input.Target, ct);
        if (target is null) return TargetProblems.NoTarget();
        var list = await Work.TargetListAsync(target.ListId, ct);
        if (!list.Ok) return list.Problem;
        var partner = target.PartnerId;
        var state = await Db.Set<Deal>().Where(d => d.Id == input.Deal && d.PartnerId == partner).Select(d => (DealState?)d.State).SingleOrDefaultAsync(ct);
        if (state is null || (state == DealState.Draft && !Work.Actor.IsPartner)) return TargetProblems.NotYourDeal();
        if (state == DealState.Draft)
        {
            // What is registered already stands before what is only begun.
            if (await TargetPage.RegisteredAsync(Work, target, ct) is null) target.DealId = input.Deal;
            return target.Id;
        }

        if (target.DealId != input.Deal) await plan.IntoAsync(target, input.Deal, ct);
        (target.DealId, target.State, target.ChangedAt, target.ChangedByName) = (input.Deal, TargetState.Deal, Work.Now, Work.Actor.Name);
        return target.Id;
    }
}
