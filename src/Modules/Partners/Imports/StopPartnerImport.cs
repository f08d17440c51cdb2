using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>Stops what is under way after the row in hand.</summary>
internal sealed class StopPartnerImport(Work work) : UseCase<PartnerImportId, Done>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync(PartnerImportId input, CancellationToken ct)
    {
        var import = await Db.Set<PartnerImport>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == input, ct);
        if (import is null) return ImportProblems.Missing();
        if (await Db.Set<JobRow>().SingleOrDefaultAsync(j => j.Id == import.Job && (j.State == JobState.Queued || j.State == JobState.Running), ct) is { } job) job.CancelWanted = true;
        return default(Done);
    }
}
