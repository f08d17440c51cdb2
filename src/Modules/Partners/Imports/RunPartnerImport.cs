using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

internal sealed record PartnerImportOrder(PartnerImportId Import);

/// <summary>What the writing and the taking back have in common.</summary>
internal static class PartnerImportRuns
{
    public static readonly PartnerImportState[] UnderWay = [PartnerImportState.Writing, PartnerImportState.TakingBack];

    /// <summary>The import, to be started. A job that ended by a fault leaves it in the midst of its run: that counts as a stop.</summary>
    public static async Task<Result<PartnerImport>> FindAsync(Work work, PartnerImportId id, CancellationToken ct)
    {
        await work.LockAsync($"partner_import:{id}", ct);
        var import = await work.Db.Set<PartnerImport>().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (import is null) return ImportProblems.Missing();
        if (!UnderWay.Contains(import.State)) return import;
        if (await work.Db.Set<JobRow>().AnyAsync(j => j.Id == import.Job && (j.State == JobState.Queued || j.State == JobState.Running), ct)) return ImportProblems.StillRunning();
        import.Enter(work.Move(PartnerImportLifecycle.Machine, id.ToString(), import.State, PartnerImportTrigger.Stop, "The job ended before it was done").Value, work.Now);
        return import;
    }

    /// <summary>It runs for somebody: what was taken from that person meanwhile is not done in its name.</summary>
    public static async Task<bool> MayAsync(Work work, IPeople people, CancellationToken ct) =>
        work.Actor.Person == default || (await people.NowAsync(work.Tenant, work.Actor.Person, null, ct))?.May(ImportPermissions.Import) is true;

    public static async Task<PartnerImport> EndAsync(Work work, PartnerImportId id, PartnerImportTrigger on, string action, CancellationToken ct)
    {
        var done = await work.TransactAsync<PartnerImport>(action, async () =>
        {
            var import = await work.Db.Set<PartnerImport>().SingleAsync(i => i.Id == id, ct);
            import.Enter(work.Move(PartnerImportLifecycle.Machine, id.ToString(), import.State, on).Value, work.Now);
            work.Note(action, "partners_import", id.ToString(), new { import.FileName, import.Rows, import.Created, import.Updated, import.Unchanged, import.Refused, import.Removed, import.Restored, import.Kept, ended = Words.Of(import.State) });
            return import;
        }, ct);
        // Only a rival change of the same record can be the reason; the job is told as failed and may be started again.
        return done.Ok ? done.Value : throw new InvalidOperationException(done.Problem.Message);
    }
}

/// <summary>Writes the rows of an import, each in a transaction of its own through the use cases of one partner.</summary>
internal sealed class RunPartnerImport(Work work, WritePartnerRow write, RefusePartnerRow refuse, IPeople people) : IJob
{
    public const string Kind = "partners.import";

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<PartnerImportOrder>(payload, Json.Options)!.Import;
        if (await work.Db.Set<PartnerImport>().AsNoTracking().Where(i => i.Id == id).Select(i => i.State).SingleOrDefaultAsync(ct) != PartnerImportState.Writing) return "There was nothing left to do.";
        var rows = await work.Db.Set<PartnerImportRow>().AsNoTracking().Where(r => r.ImportId == id && !r.Written && (r.Outcome == PartnerRowOutcome.Create || r.Outcome == PartnerRowOutcome.Update))
            .OrderBy(r => r.Number).Select(r => r.Number).ToListAsync(ct);
        for (var done = 0; done < rows.Count; done++)
        {
            if (done % 20 == 0 && (!await PartnerImportRuns.MayAsync(work, people, ct) || !await progress.TellAsync(done, rows.Count, "Writing")))
            {
                await PartnerImportRuns.EndAsync(work, id, PartnerImportTrigger.Stop, Kind, ct);
                return ImportProblems.Stopped(done);
            }

            var written = await write.RunAsync((id, rows[done]), ct);
            if (written.Problem is { } problem) await refuse.RunAsync((id, rows[done], problem), ct);
        }

        var import = await PartnerImportRuns.EndAsync(work, id, PartnerImportTrigger.Finish, Kind, ct);
        return $"{import.Created:N0} created, {import.Updated:N0} updated, {import.Unchanged:N0} unchanged, {import.Refused:N0} refused";
    }
}
