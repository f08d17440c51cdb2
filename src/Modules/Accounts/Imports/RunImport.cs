using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>Which import to run, and whether to write.</summary>
internal sealed record ImportOrder(ImportId Import, bool Apply);

/// <summary>
/// Walks through a file, as a dry run or writing. Each batch is one transaction with its own counts: after a crash or a stop the next run
/// goes on behind the last batch.
/// </summary>
internal sealed class RunImport(Work work, FileStore files, Jobs jobs, CustomFields fields, IServiceScopeFactory scopes, ILogger<RunImport> logger) : IJob
{
    public const string Kind = "accounts.import";

    /// <summary>Rows of one transaction: enough that committing costs little, few enough that others who write wait less than a second.</summary>
    public const int BatchRows = 10_000;

    public async Task<Result<string>> RunAsync(string payload, JobProgress progress, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<ImportOrder>(payload, Json.Options)!;
        var import = await work.Db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == order.Import, ct);
        if (import is null || import.State != (order.Apply ? ImportState.Applying : ImportState.Checking)) return "There was nothing left to do.";
        using var content = files.Open(work.Tenant, import.File);
        if (content is null) return ImportProblems.FileGone();
        if (!order.Apply && import.Done > 0) await RestartAsync(import.Id, ct);

        using var sheet = new Sheet(content, import.Encoding, import.Delimiter);
        var (plan, header) = PlanOf(import, await OwnColumns.OfAsync(fields, import.Kind, ct));
        await using var importer = ImporterOf(plan);
        var tally = new Tally(work, import.Id);
        sheet.Read();
        var done = order.Apply ? import.Done : 0;
        if (done > 0) await importer.RecallAsync(import.Id, ct);
        for (var i = 0; i < done && sheet.Read(); i++) importer.Skip(new RowReading(sheet.Number, sheet.Cells, plan.Mapping, header));
        // The next rows are read and understood while those before are written: one thread at a time has the file and the importer's memory of it.
        var next = Task.Run(() => Next(sheet, plan, importer), ct);
        while (true)
        {
            var batch = await next;
            var stop = !await progress.TellAsync(done, import.Rows, order.Apply ? "Writing" : "Checking");
            if (stop || batch.Count == 0) await importer.SettleAsync(order.Import, ct);
            if (stop) return await StopAsync(order, done, ct);
            if (batch.Count == 0) return await FinishAsync(order, importer, tally, ct);
            next = Task.Run(() => Next(sheet, plan, importer), ct);
            try
            {
                await TakeAsync(order, importer, tally, batch, done, ct);
                await importer.CommittedAsync(order.Import, ct);
            }
            catch
            {
                // The file is closed only when nobody reads it any more.
                await Task.WhenAny(next);
                throw;
            }

            done += batch.Count;
        }
    }

    private static List<RowReading> Next(Sheet sheet, ImportPlan plan, Importer importer)
    {
        var batch = new List<RowReading>(BatchRows);
        while (batch.Count < BatchRows && sheet.Read()) batch.Add(new RowReading(sheet.Number, sheet.Cells, plan.Mapping, plan.Width));
        importer.Understand(batch);
        return batch;
    }

    private Task TakeAsync(ImportOrder order, Importer importer, Tally tally, List<RowReading> batch, int done, CancellationToken ct) => InTransactionAsync(order, async import =>
    {
        await work.LockAsync("accounts.import", ct);
        // Another process may have taken the job over, because this one was not heard of for too long.
        if (import.Done != done) throw new InvalidOperationException($"Another run has {import.Id} in hand: it stands at row {import.Done}, this one at {done}.");
        await importer.TakeAsync(batch, tally, order.Apply, ct);
        await tally.StoreAsync(import, ct);
    }, ct);

    private async Task<Result<string>> FinishAsync(ImportOrder order, Importer importer, Tally tally, CancellationToken ct)
    {
        var said = "";
        await InTransactionAsync(order, async import =>
        {
            await work.LockAsync("accounts.import", ct);
            await importer.FinishAsync(tally, order.Apply, ct);
            await tally.StoreAsync(import, ct);
            Move(import, order.Apply ? ImportTrigger.Finish : ImportTrigger.Report);
            var counts = new { kind = import.Kind, import.FileName, import.Rows, import.Created, import.Updated, import.Unchanged, import.Refused, import.Mended };
            said = $"{import.Created:N0} created, {import.Updated:N0} updated, {import.Unchanged:N0} unchanged, {import.Refused:N0} refused";
            if (!order.Apply) return;
            work.Note("accounts.import", "accounts_import", import.Id.ToString(), counts);
            await StartCountQuality.QueueAsync(work, jobs, ct);
            // Nobody needs people's data a second time.
            if (import.Kind == ImportKind.Contacts) work.Afterwards(() => files.Delete(import.TenantId, import.File));
            if (import.Kind == ImportKind.Opportunities) work.Publish(new OpportunitiesImported(import.Id.ToString(), import.Created, import.Updated, work.Now));
        }, ct);
        return said;
    }

    private async Task<Result<string>> StopAsync(ImportOrder order, int done, CancellationToken ct)
    {
        await InTransactionAsync(order, import =>
        {
            Move(import, ImportTrigger.Stop);
            return Task.CompletedTask;
        }, ct);
        return ImportProblems.Cancelled(done);
    }

    // A dry run leaves nothing behind that could not be made again, so it starts at the top.
    private Task RestartAsync(ImportId id, CancellationToken ct) =>
        InTransactionAsync(new ImportOrder(id, false), import => ImportRuns.ClearAsync(work.Db, import, ct), ct);

    private void Move(Import import, ImportTrigger on) =>
        import.Enter(work.Move(ImportLifecycle.Machine, import.Id.ToString(), import.State, on).Value, work.Now);

    private async Task InTransactionAsync(ImportOrder order, Func<Import, Task> body, CancellationToken ct)
    {
        var result = await work.TransactAsync<Done>("accounts.import", async () =>
        {
            await body(await work.Db.Set<Import>().SingleAsync(i => i.Id == order.Import, ct));
            return default(Done);
        }, ct);
        // Only a rival change of the same record can be the reason; the job is told as failed and may be started again.
        if (!result.Ok) throw new InvalidOperationException(result.Problem.Message);
    }

    private Importer ImporterOf(ImportPlan plan) => plan.Kind switch
    {
        ImportKind.Accounts => new AccountImporter(work, plan, new OwedKeys(work, scopes, logger)),
        ImportKind.Products => new ProductImporter(work, plan),
        ImportKind.SalesTeams => new SellerImporter(work, plan),
        ImportKind.Contacts => new ContactImporter(work, plan),
        _ => new OpportunityImporter(work, plan),
    };

    private static (ImportPlan Plan, int Width) PlanOf(Import import, IReadOnlyList<CustomField> own)
    {
        var width = JsonSerializer.Deserialize<string[]>(import.Header, Json.Options)!.Length;
        var mapping = JsonSerializer.Deserialize<Dictionary<string, int>>(import.Mapping, Json.Options)!;
        return (new ImportPlan(import.Kind, mapping, width, new ImportOptions(import.Dates, import.DecimalComma, import.RevenueIn), import.Currency) { Source = import.FileName, Own = [.. own.Where(f => mapping.ContainsKey(OwnColumns.CodeOf(f)))], Required = [.. own.Where(f => f.Required)] }, width);
    }
}

/// <summary>What the start of a dry run and of the writing have in common.</summary>
internal static class ImportRuns
{
    /// <summary>Forgets what the last run counted and noted.</summary>
    public static async Task ClearAsync(Db db, Import import, CancellationToken ct)
    {
        import.ResetCounts();
        await db.Set<ImportRow>().Where(r => r.ImportId == import.Id).ExecuteDeleteAsync(ct);
        await db.Set<Finding>().Where(f => f.ImportId == import.Id).ExecuteDeleteAsync(ct);
        await db.Set<ImportBatch>().Where(b => b.ImportId == import.Id).ExecuteDeleteAsync(ct);
    }
}
