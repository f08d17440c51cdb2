using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Starts the dry run: finds out what every row would do, and writes none.</summary>
internal sealed class DryRunImport(Work work, Jobs jobs) : UseCase<ImportId, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Import;

    protected override Task<Result<Done>> HandleAsync(ImportId input, CancellationToken ct) => ImportStart.RunAsync(Work, jobs, input, ImportTrigger.DryRun, ct);
}
