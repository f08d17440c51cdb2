using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Asks a running import to stop; it does so after the batch under way.</summary>
internal sealed class StopImport(Work work) : UseCase<ImportId, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync(ImportId input, CancellationToken ct)
    {
        var import = await Db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == input, ct);
        if (import is null) return AccountsProblems.MissingImport();
        var allowed = ImportLifecycle.Machine.Next(import.State, ImportTrigger.Stop);
        if (!allowed.Ok) return allowed.Problem;
        await Db.Set<JobRow>().Where(j => j.Id == import.Job).ExecuteUpdateAsync(s => s.SetProperty(j => j.CancelWanted, true), ct);
        return default(Done);
    }
}
