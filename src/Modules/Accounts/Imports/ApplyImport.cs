using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Writes the rows, after a dry run; after a stop it goes on where it stood.</summary>
internal sealed class ApplyImport(Work work, Jobs jobs) : UseCase<ImportId, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Import;

    protected override Task<Result<Done>> HandleAsync(ImportId input, CancellationToken ct) => ImportStart.RunAsync(Work, jobs, input, ImportTrigger.Apply, ct);
}
