using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

internal sealed record FileRemoval(DealId Deal, FileId File);

/// <summary>The side that added a file removes it, with its content.</summary>
internal sealed class RemoveDealFile(Work work, FileStore files) : UseCase<FileRemoval, Done>(work)
{
    protected override Permission Permission => DealsPermissions.WorkOn;

    protected override async Task<Result<Done>> HandleAsync(FileRemoval input, CancellationToken ct)
    {
        var found = await Work.WorkingOnAsync(input.Deal, DealPart.Files, null, ct);
        if (!found.Ok) return found.Problem;
        var file = await Db.Set<DealFile>().SingleOrDefaultAsync(f => f.Id == input.File && f.DealId == input.Deal, ct);
        if (file is null) return WorkspaceProblems.NoFile();
        if (file.AddedByPartner != Work.Actor.Partner) return WorkspaceProblems.NotYourFile();
        Db.Remove(file);
        var tenant = Work.Tenant;
        Work.Afterwards(() => files.Delete(tenant, input.File));
        return default(Done);
    }
}
