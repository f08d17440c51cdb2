using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetRemoval(TargetId Target, long? Version = null);

/// <summary>Takes a company off a list: the side that put it there, or the vendor's people.</summary>
internal sealed class RemoveTarget(Work work) : UseCase<TargetRemoval, Done>(work)
{
    protected override Permission Permission => TargetPermissions.Edit;

    protected override async Task<Result<Done>> HandleAsync(TargetRemoval input, CancellationToken ct)
    {
        var target = await Db.Set<Target>().SingleOrDefaultAsync(t => t.Id == input.Target, ct);
        if (target is null || (Work.Actor.IsPartner && !target.Proposed)) return TargetProblems.NoTarget();
        var list = await Work.TargetListAsync(target.ListId, ct);
        if (!list.Ok) return list.Problem;
        if (input.Version is { } seen && seen != target.Version) return Problem.Stale();
        var id = target.Id;
        Db.RemoveRange(await Db.Set<TargetContact>().Where(c => c.TargetId == id).ToListAsync(ct));
        Db.RemoveRange(await Db.Set<TargetNote>().Where(n => n.TargetId == id).ToListAsync(ct));
        Db.Remove(target);
        return default(Done);
    }
}
