using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>Takes the rows of an import back, the last one first.</summary>
internal sealed class UndoPartnerImport(Work work, UndoPartnerRows undo, IPeople people) : IJob
{
    private const int Batch = 50;
    public const string Kind = "partners.undo_import";

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<PartnerImportOrder>(payload, Json.Options)!.Import;
        if (await work.Db.Set<PartnerImport>().AsNoTracking().Where(i => i.Id == id).Select(i => i.State).SingleOrDefaultAsync(ct) != PartnerImportState.TakingBack) return "There was nothing left to do.";
        var rows = await work.Db.Set<PartnerImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Written && !r.Undone).OrderByDescending(r => r.Number).Select(r => r.Number).ToListAsync(ct);
        for (var done = 0; done < rows.Count; done += Batch)
        {
            if (!await PartnerImportRuns.MayAsync(work, people, ct) || !await progress.TellAsync(done, rows.Count, "Taking back"))
            {
                await PartnerImportRuns.EndAsync(work, id, PartnerImportTrigger.Stop, Kind, ct);
                return ImportProblems.Stopped(done);
            }

            var taken = await undo.RunAsync((id, rows.GetRange(done, Math.Min(Batch, rows.Count - done))), ct);
            if (taken.Problem is { } problem) return problem;
        }

        var import = await PartnerImportRuns.EndAsync(work, id, PartnerImportTrigger.Finish, Kind, ct);
        return $"{import.Removed:N0} removed, {import.Restored:N0} restored, {import.Kept:N0} kept";
    }
}
