using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>Starts the writing, or goes on with it after a stop.</summary>
internal sealed class StartPartnerImport(Work work, Jobs jobs) : UseCase<PartnerImportId, Done>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync(PartnerImportId input, CancellationToken ct)
    {
        var found = await PartnerImportRuns.FindAsync(Work, input, ct);
        if (!found.Ok) return found.Problem;
        var import = found.Value;
        var moved = Work.Move(PartnerImportLifecycle.Machine, input.ToString(), import.State, PartnerImportTrigger.Write);
        if (!moved.Ok) return moved.Problem;
        if (import.Created + import.Updated == 0) return ImportProblems.NothingToWrite();
        import.Enter(moved.Value, Work.Now, jobs.Start(RunPartnerImport.Kind, new PartnerImportOrder(input)));
        return default(Done);
    }
}
