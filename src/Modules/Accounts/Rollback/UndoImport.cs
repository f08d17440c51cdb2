using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Rollback;

/// <summary>Which import to take back.</summary>
internal sealed record UndoOrder(ImportId Import);

/// <summary>
/// Takes an import back from its end: first the changes, then what it made. Each batch is one transaction that also marks what is done, so that after a crash or a stop
/// the next run goes on behind it.
/// </summary>
internal sealed class UndoImport(Work work, IEnumerable<ICrmUse> uses) : IJob
{
    public const string Kind = "accounts.undo_import";
    private const int AtOnce = 1000;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var id = JsonSerializer.Deserialize<UndoOrder>(payload, Json.Options)!.Import;
        while (true)
        {
            var import = await work.Db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
            if (import?.State != ImportState.TakingBack) return "There was nothing left to do.";
            var undoing = Undoing.Of(import.Kind, work, uses);
            if (!await progress.TellAsync(import.Undone, import.Created + import.Updated, "Taking back")) return await StopAsync(id, import.Undone, ct);
            if (!await RestoreAsync(id, undoing, ct) && !await RemoveAsync(id, undoing, ct) && !await RemoveKeptAsync(id, undoing, ct)) return await FinishAsync(id, ct);
        }
    }

    // The last change first: a record that the file changed twice would otherwise end at its middle.
    private async Task<bool> RestoreAsync(ImportId id, Undoing undoing, CancellationToken ct)
    {
        var more = false;
        await InTransactionAsync(id, async import =>
        {
            var rows = await work.Db.Set<ImportRow>().Where(r => r.ImportId == id && r.Outcome == RowOutcome.Updated && r.Undo == null).OrderByDescending(r => r.Number).Take(AtOnce).ToListAsync(ct);
            if (!(more = rows.Count > 0)) return;
            var kept = await undoing.RestoreAsync(rows, ct);
            foreach (var row in rows) (row.Undo, row.UndoReason) = kept.TryGetValue(row.Number, out var why) ? (UndoOutcome.Kept, why) : (UndoOutcome.Restored, null);
            import.Undo(0, rows.Count - kept.Count, kept.Count);
        }, ct);
        return more;
    }

    private async Task<bool> RemoveAsync(ImportId id, Undoing undoing, CancellationToken ct)
    {
        var more = false;
        await InTransactionAsync(id, async import =>
        {
            var batch = await work.Db.Set<ImportBatch>().Where(b => b.ImportId == id && !b.Undone).OrderByDescending(b => b.Number).FirstOrDefaultAsync(ct);
            if (!(more = batch is not null)) return;
            var made = MadeRecords.Read(batch!.Made);
            foreach (var some in made.Chunk(AtOnce))
            {
                var kept = await undoing.RemoveAsync([.. some.Select(m => m.Record)], ct);
                work.Db.AddRange(some.Where(m => kept.ContainsKey(m.Record)).Select(m => Row(id, m.Row, m.Record, kept[m.Record])));
                import.Undo(some.Length - kept.Count, 0, kept.Count);
            }

            batch.Undone = true;
        }, ct);
        return more;
    }

    // What an earlier run has kept of what the import had made; rows of made records are there only where they stayed.
    private async Task<bool> RemoveKeptAsync(ImportId id, Undoing undoing, CancellationToken ct)
    {
        var more = false;
        await InTransactionAsync(id, async import =>
        {
            var rows = await work.Db.Set<ImportRow>().Where(r => r.ImportId == id && r.Outcome == RowOutcome.Created && r.Undo == null).OrderByDescending(r => r.Number).Take(AtOnce).ToListAsync(ct);
            if (!(more = rows.Count > 0)) return;
            var kept = await undoing.RemoveAsync([.. rows.Select(r => r.Record!.Value)], ct);
            foreach (var row in rows)
            {
                if (kept.TryGetValue(row.Record!.Value, out var why)) (row.Undo, row.UndoReason) = (UndoOutcome.Kept, why.Reason);
                else work.Db.Remove(row);
            }

            import.Undo(rows.Count - kept.Count, 0, kept.Count);
        }, ct);
        return more;
    }

    private ImportRow Row(ImportId id, int number, Guid record, Kept kept) => new()
    {
        TenantId = work.Tenant,
        ImportId = id,
        Number = number,
        Outcome = RowOutcome.Created,
        Title = kept.Title,
        Text = "",
        Record = record,
        Undo = UndoOutcome.Kept,
        UndoReason = kept.Reason,
    };

    private async Task<Result<string>> FinishAsync(ImportId id, CancellationToken ct)
    {
        var said = "";
        await InTransactionAsync(id, import =>
        {
            Move(import, ImportTrigger.Finish);
            work.Note("accounts.take_back_import", "accounts_import", id.ToString(), new { kind = import.Kind, import.FileName, import.Removed, import.Restored, import.Kept });
            said = $"{import.Removed:N0} removed, {import.Restored:N0} restored, {import.Kept:N0} kept";
            return Task.CompletedTask;
        }, ct);
        return said;
    }

    private async Task<Result<string>> StopAsync(ImportId id, int done, CancellationToken ct)
    {
        await InTransactionAsync(id, import =>
        {
            Move(import, ImportTrigger.Stop);
            return Task.CompletedTask;
        }, ct);
        return ImportProblems.Cancelled(done);
    }

    private void Move(Import import, ImportTrigger on) => import.Enter(work.Move(ImportLifecycle.Machine, import.Id.ToString(), import.State, on).Value, work.Now);

    private async Task InTransactionAsync(ImportId id, Func<Import, Task> body, CancellationToken ct)
    {
        var result = await work.TransactAsync<Done>("accounts.take_back_import", async () =>
        {
            await work.LockAsync("accounts.import", ct);
            await body(await work.Db.Set<Import>().SingleAsync(i => i.Id == id, ct));
            return default(Done);
        }, ct);
        // Only a rival change of the same record can be the reason; the job is told as failed and may be started again.
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }
}
