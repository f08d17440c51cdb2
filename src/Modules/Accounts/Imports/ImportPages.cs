using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>What became of the rows so far. Created, updated, unchanged and refused always sum to the rows done; mended ones are among the first three.</summary>
internal sealed record ImportCounts(int Done, int Created, int Updated, int Unchanged, int Refused, int Mended);

/// <summary>How far the job has come.</summary>
internal sealed record ImportProgress(JobState State, long Done, long Total, string? Message, DateTime? StartedAt, DateTime? FinishedAt, bool Stopping);

/// <summary>An import in a list.</summary>
internal sealed record ImportItem(ImportId Id, ImportKind Kind, string FileName, ImportState State, DateTime StateAt, int Rows, ImportCounts Counts, string StartedByName, DateTime CreatedAt);

/// <summary>Everything about one import.</summary>
internal sealed record ImportDetails(
    ImportId Id, ImportKind Kind, string FileName, long Bytes, TextEncoding Encoding, string Delimiter, string[] Header, int Rows, IReadOnlyDictionary<string, string> Mapping,
    DateOrder Dates, bool DecimalComma, AmountUnit RevenueIn, string Currency, ImportState State, DateTime StateAt, ImportCounts Counts, ImportProgress? Job,
    string StartedByName, DateTime CreatedAt, string[] Allowed)
{
    /// <summary>What became of its records when it was taken back; null while nobody has asked for that.</summary>
    public ImportUndo? Undo { get; init; }

    /// <summary>The sheet that was read, of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>The workbook's other sheets.</summary>
    public string[] OtherSheets { get; init; } = [];
}

/// <summary>Records that were removed, brought back to what they were, or kept because they were changed or used since.</summary>
internal sealed record ImportUndo(int Removed, int Restored, int Kept, string By);

/// <summary>One thing that was noticed, and in how many rows.</summary>
internal sealed record FindingItem(FindingKind Kind, string Field, string Written, string? Taken, string Why, int FirstRow, int Rows);

/// <summary>A row that was refused or updated.</summary>
internal sealed record ImportRowItem(int Number, RowOutcome Outcome, string Title, string Text, UndoOutcome? Undo = null, string? UndoReason = null);

internal static class ImportPages
{
    public static async Task<Page<ImportItem>> PageAsync(Work work, ImportKind? kind, string? search, Paging paging, CancellationToken ct) =>
        (await Filtered(work, kind, search).PageAsync(i => i.CreatedAt, i => i.Id, true, paging, ct)).Select(ItemOf);

    public static IAsyncEnumerable<ImportItem> AllAsync(Work work, ImportKind? kind, string? search) =>
        Filtered(work, kind, search).OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Select(Item).AsAsyncEnumerable();

    public static async Task<Result<ImportDetails>> FindAsync(Work work, ImportId id, CancellationToken ct)
    {
        var i = await work.Db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct);
        if (i is null) return AccountsProblems.MissingImport();
        var job = i.Job is null ? null : await work.Db.Set<JobRow>().AsNoTracking().Where(j => j.Id == i.Job)
            .Select(j => new ImportProgress(j.State, j.Done, j.Total, j.Message, j.StartedAt, j.FinishedAt, j.CancelWanted)).SingleOrDefaultAsync(ct);
        var header = JsonSerializer.Deserialize<string[]>(i.Header, Json.Options)!;
        var mapping = JsonSerializer.Deserialize<Dictionary<string, int>>(i.Mapping, Json.Options)!.ToDictionary(m => m.Key, m => header[m.Value]);
        return new ImportDetails(i.Id, i.Kind, i.FileName, i.Bytes, i.Encoding, i.Delimiter, header, i.Rows, mapping, i.Dates, i.DecimalComma, i.RevenueIn, i.Currency,
            i.State, i.StateAt, new ImportCounts(i.Done, i.Created, i.Updated, i.Unchanged, i.Refused, i.Mended), job, i.StartedByName, i.CreatedAt,
            [.. ImportLifecycle.Machine.Allowed(i.State).Where(t => t is not (ImportTrigger.Report or ImportTrigger.Finish)).Select(Words.Of)])
        {
            Undo = i.TakenBackByName is { } by ? new ImportUndo(i.Removed, i.Restored, i.Kept, by) : null,
            Sheet = i.Sheet,
            OtherSheets = i.OtherSheets is { } others ? JsonSerializer.Deserialize<string[]>(others, Json.Options)! : [],
        };
    }

    /// <summary>What was noticed, the most frequent first; a kind at a time, so that each can be paged.</summary>
    public static Task<List<FindingItem>> FindingsAsync(Work work, ImportId id, CancellationToken ct) =>
        work.Db.Set<Finding>().AsNoTracking().Where(f => f.ImportId == id).OrderByDescending(f => f.Rows).ThenBy(f => f.Id).Take(2100)
            .Select(f => new FindingItem(f.Kind, f.Field, f.Written, f.Taken, f.Why, f.FirstRow, f.Rows)).ToListAsync(ct);

    public static Task<List<ImportRowItem>> RowsAsync(Work work, ImportId id, RowOutcome outcome, int after, int take, CancellationToken ct) =>
        work.Db.Set<ImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Outcome == outcome && r.Number > after).OrderBy(r => r.Number).Take(take)
            .Select(r => new ImportRowItem(r.Number, r.Outcome, r.Title, r.Text, r.Undo, r.UndoReason)).ToListAsync(ct);

    public static IAsyncEnumerable<ImportRowItem> UpdatedAsync(Work work, ImportId id) =>
        work.Db.Set<ImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Outcome == RowOutcome.Updated).OrderBy(r => r.Number)
            .Select(r => new ImportRowItem(r.Number, r.Outcome, r.Title, r.Text, r.Undo, r.UndoReason)).AsAsyncEnumerable();

    /// <summary>The rows whose records stayed, or were brought back, when the import was taken back.</summary>
    public static IQueryable<ImportRowItem> Undone(Work work, ImportId id, UndoOutcome? outcome = null, int after = 0) =>
        work.Db.Set<ImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Undo != null && r.Number > after && (outcome == null || r.Undo == outcome)).OrderBy(r => r.Number)
            .Select(r => new ImportRowItem(r.Number, r.Outcome, r.Title, r.Text, r.Undo, r.UndoReason));

    private static readonly Expression<Func<Import, ImportItem>> Item = i => new ImportItem(i.Id, i.Kind, i.FileName, i.State, i.StateAt, i.Rows,
        new ImportCounts(i.Done, i.Created, i.Updated, i.Unchanged, i.Refused, i.Mended), i.StartedByName, i.CreatedAt);

    private static readonly Func<Import, ImportItem> ItemOf = Item.Compile();

    private static IQueryable<Import> Filtered(Work work, ImportKind? kind, string? search)
    {
        var rows = work.Db.Set<Import>().AsNoTracking();
        if (kind is { } wanted) rows = rows.Where(i => i.Kind == wanted);
        if (search is { Length: > 0 and <= 200 } && Text.IsClean(search)) rows = rows.Where(i => i.FileName.Contains(search));
        return rows;
    }

    /// <summary>The first rows of the file, for the page on which columns are mapped.</summary>
    public static IReadOnlyList<string[]> Sample(FileStore files, TenantId tenant, FileId file, TextEncoding encoding, string delimiter)
    {
        using var content = files.Open(tenant, file);
        if (content is null) return [];
        using var sheet = new Sheet(content, encoding, delimiter);
        var rows = new List<string[]>();
        while (rows.Count < 6 && sheet.Read()) rows.Add(sheet.Cells);
        return [.. rows.Skip(1)];
    }

    public static async Task<FileId> FileOfAsync(Work work, ImportId id, CancellationToken ct) => await work.Db.Set<Import>().Where(i => i.Id == id).Select(i => i.File).SingleAsync(ct);

    /// <summary>The refused rows as they stood in the file, with the reason behind them.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<string?>> RefusedAsync(Work work, ImportId id, int width, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var rows = work.Db.Set<ImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Outcome == RowOutcome.Refused).OrderBy(r => r.Number)
            .Select(r => new { r.Number, r.Cells, r.Text }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
        {
            var cells = JsonSerializer.Deserialize<string[]>(row.Cells ?? "[]", Json.Options)!;
            yield return [.. Enumerable.Range(0, width).Select(i => i < cells.Length ? cells[i] : ""), row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Text];
        }
    }
}
