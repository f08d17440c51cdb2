using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Listing;
using Trellis.Partners.Published;

namespace Trellis.Partners.Solutions;

/// <summary>The vendor takes a partner out of a solution.</summary>
internal sealed class RemovePart(Work work, DirectoryShelf shelf) : UseCase<(SolutionGroupId Group, PartnerId Partner), Done>(work)
{
    protected override Permission Permission => SolutionPermissions.Keep;

    protected override async Task<Result<Done>> HandleAsync((SolutionGroupId Group, PartnerId Partner) input, CancellationToken ct)
    {
        if (await Db.Set<SolutionPart>().SingleOrDefaultAsync(p => p.GroupId == input.Group && p.PartnerId == input.Partner, ct) is not { } part) return SolutionProblems.Missing();
        Db.Remove(part);
        var tenant = Work.Tenant;
        Work.Afterwards(() => shelf.Forget(tenant));
        return default(Done);
    }
}
