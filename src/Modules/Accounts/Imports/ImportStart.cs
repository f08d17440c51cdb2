using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

internal static class ImportStart
{
    public static async Task<Result<Done>> RunAsync(Work work, Jobs jobs, ImportId id, ImportTrigger on, CancellationToken ct)
    {
        await work.LockAsync($"import:{id}", ct);
        var import = await work.Db.Set<Import>().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (import is null) return AccountsProblems.MissingImport();
        if (await EndBrokenRunAsync(work, import, ct) is { } running) return running;
        var goesOn = import.State == ImportState.Stopped;
        var next = work.Move(ImportLifecycle.Machine, id.ToString(), import.State, on);
        if (!next.Ok) return next.Problem;
        if (!goesOn) await ImportRuns.ClearAsync(work.Db, import, ct);
        import.Enter(next.Value, work.Now, jobs.Start(RunImport.Kind, new ImportOrder(id, on == ImportTrigger.Apply)));
        return default(Done);
    }

    // A job that ended by a fault leaves the import in the midst of its run: that counts as a stop.
    public static async Task<Problem?> EndBrokenRunAsync(Work work, Import import, CancellationToken ct)
    {
        if (import.State is not (ImportState.Checking or ImportState.Applying or ImportState.TakingBack)) return null;
        var live = await work.Db.Set<JobRow>().AnyAsync(j => j.Id == import.Job && (j.State == JobState.Queued || j.State == JobState.Running), ct);
        if (live) return ImportProblems.StillRunning();
        var stopped = work.Move(ImportLifecycle.Machine, import.Id.ToString(), import.State, ImportTrigger.Stop, "The job ended before it was done");
        import.Enter(stopped.Value, work.Now);
        return null;
    }
}
