using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

/// <summary>Drops a solution; what it contains stays and stands by itself.</summary>
internal sealed class DropSolution(Work work, DirectoryShelf shelf) : UseCase<SolutionGroupId, Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync(SolutionGroupId id, CancellationToken ct)
    {
        if (await Db.Set<SolutionGroup>().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } group) return SolutionProblems.Missing();
        foreach (var inner in await Db.Set<SolutionGroup>().Where(g => g.ParentId == id).ToListAsync(ct)) inner.ParentId = group.ParentId;
        Db.RemoveRange(await Db.Set<SolutionPart>().Where(p => p.GroupId == id).ToListAsync(ct));
        Db.Remove(group);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}
