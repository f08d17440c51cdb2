using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Records;

/// <summary>Records a stored file with its partner.</summary>
internal sealed class RecordPartnerFile(Work work) : UseCase<PartnerFile, FileId>(work)
{
    private const int Most = 200;

    protected override Permission Permission => PartnersPermissions.AddNote;

    protected override async Task<Result<FileId>> HandleAsync(PartnerFile input, CancellationToken ct)
    {
        if (await Db.Set<PartnerFile>().IgnoreQueryFilters([Db.PartnerFilter]).CountAsync(f => f.PartnerId == input.PartnerId, ct) >= Most)
            return Problem.Invalid("file", $"A partner has at most {Most} files. Remove one first.");
        Db.Add(input);
        return input.Id;
    }
}
