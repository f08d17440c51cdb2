using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>The side that added a file removes it, with its content.</summary>
internal sealed class RemovePartnerFile(Work work, FileStore files) : UseCase<(PartnerId Partner, FileId File), Done>(work)
{
    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<Done>> HandleAsync((PartnerId Partner, FileId File) input, CancellationToken ct)
    {
        var file = await Db.Set<PartnerFile>().SingleOrDefaultAsync(f => f.Id == input.File && f.PartnerId == input.Partner, ct);
        if (file is null) return Problem.Missing("file");
        if (!PartnerFiles.MayRemove(Work.Actor, file.AddedBy, file.FromPartner)) return PartnersProblems.NotYourNote();
        Db.Remove(file);
        var tenant = Work.Tenant;
        Work.Afterwards(() => files.Delete(tenant, input.File));
        return default(Done);
    }
}
