using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>Takes back what an import has written.</summary>
internal sealed class TakeBackPartnerImport(Work work, Jobs jobs) : UseCase<PartnerImportId, Done>(work)
{
    protected override Permission Permission => ImportPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync(PartnerImportId input, CancellationToken ct)
    {
        var found = await PartnerImportRuns.FindAsync(Work, input, ct);
        if (!found.Ok) return found.Problem;
        var import = found.Value;
        var moved = Work.Move(PartnerImportLifecycle.Machine, input.ToString(), import.State, PartnerImportTrigger.TakeBack);
        if (!moved.Ok) return moved.Problem;
        import.TakenBackByName = Work.Actor.Name;
        import.Enter(moved.Value, Work.Now, jobs.Start(UndoPartnerImport.Kind, new PartnerImportOrder(input)));
        return default(Done);
    }
}
