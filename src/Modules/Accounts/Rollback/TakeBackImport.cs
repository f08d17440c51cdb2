using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Kernel;

namespace Trellis.Accounts.Rollback;

/// <summary>Takes back what an import has written: a job does it, and what was changed or used since stays.</summary>
internal sealed class TakeBackImport(Work work, Jobs jobs) : UseCase<ImportId, Done>(work)
{
    protected override Permission Permission => AccountsPermissions.Import;

    protected override async Task<Result<Done>> HandleAsync(ImportId input, CancellationToken ct)
    {
        await Work.LockAsync($"import:{input}", ct);
        var import = await Db.Set<Import>().SingleOrDefaultAsync(i => i.Id == input, ct);
        if (import is null) return AccountsProblems.MissingImport();
        if (await ImportStart.EndBrokenRunAsync(Work, import, ct) is { } running) return running;
        var next = Work.Move(ImportLifecycle.Machine, input.ToString(), import.State, ImportTrigger.TakeBack);
        if (!next.Ok) return next.Problem;
        if (import.Created + import.Updated == 0) return ImportProblems.NothingToTakeBack();
        if (await WithoutTraceAsync(import, ct)) return ImportProblems.NoTrace();
        if (import.State == ImportState.TakenBack)
        {
            if (import.Kept == 0) return ImportProblems.NothingKept();
            // What stayed is tried once more: what stood on it may be gone, a field may have its imported value again.
            await Db.Set<ImportRow>().Where(r => r.ImportId == import.Id && r.Undo == UndoOutcome.Kept).ExecuteUpdateAsync(s => s.SetProperty(r => r.Undo, (UndoOutcome?)null), ct);
            import.Recall();
        }

        import.TakeBack(Work.Now, jobs.Start(UndoImport.Kind, new UndoOrder(input)), Work.Actor.Name);
        return default(Done);
    }

    // Written before imports remembered what they did.
    private async Task<bool> WithoutTraceAsync(Import import, CancellationToken ct) =>
        (import.Created > 0 && !await Db.Set<ImportBatch>().AnyAsync(b => b.ImportId == import.Id, ct))
        || await Db.Set<ImportRow>().AnyAsync(r => r.ImportId == import.Id && r.Outcome == RowOutcome.Updated && r.Before == null, ct);
}
