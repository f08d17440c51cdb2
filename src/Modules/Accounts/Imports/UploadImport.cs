using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>A file as somebody sends it.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Kind">What it holds; null to find out from the columns.</param>
/// <param name="Sheet">Of a workbook, the sheet to read; null for the first that is not hidden.</param>
internal sealed record SentFile(string? Name, Stream Content, ImportKind? Kind, string? Sheet = null);

/// <summary>
/// Takes a file: streams it to disk, finds out how it is written, and only then, in one short transaction, records the import, so that a slow
/// upload never keeps others from writing.
/// </summary>
internal sealed class UploadImport(Work work, FileStore files, RecordImport record, CustomFields fields)
{
    public const long MostBytes = 256_000_000;

    public async Task<Result<ImportId>> RunAsync(SentFile sent, CancellationToken ct)
    {
        if (!work.Actor.May(AccountsPermissions.Import)) return Problem.Denied(AccountsPermissions.Import);
        var file = work.NewId<FileId>();
        var saved = await files.SaveAsync(work.Tenant, file, sent.Content, MostBytes, ct);
        if (!saved.Ok) return saved.Problem;
        var result = await (IsWorkbook(file) ? TakeWorkbookAsync(sent, file, ct) : TakeAsync(sent, file, Length(file), null, ct));
        if (!result.Ok) files.Delete(work.Tenant, file);
        return result;
    }

    private async Task<Result<ImportId>> TakeWorkbookAsync(SentFile sent, FileId workbook, CancellationToken ct)
    {
        var table = work.NewId<FileId>();
        var sheet = await WorkbookFile.ExtractAsync(files, work.Tenant, workbook, table, sent.Sheet, ct);
        if (!sheet.Ok) return sheet.Problem;
        if (sheet.Value.Rows == 0)
        {
            files.Delete(work.Tenant, table);
            return ImportProblems.EmptySheet(sheet.Value.Name, [.. sheet.Value.Sheets.Where(s => s != sheet.Value.Name)]);
        }

        var result = await TakeAsync(sent, table, Length(workbook), sheet.Value, ct);
        files.Delete(work.Tenant, result.Ok ? workbook : table);
        return result;
    }

    private async Task<Result<ImportId>> TakeAsync(SentFile sent, FileId file, long bytes, XlsxSheet? sheet, CancellationToken ct)
    {
        var shape = await FileProbe.ProbeAsync(() => files.Open(work.Tenant, file)!, sheet is not null, await OwnColumns.AllAsync(fields, ct), ct);
        return shape.Ok ? await record.RunAsync(new ProbedFile(NameOf(sent.Name), file, bytes, shape.Value, sent.Kind, sheet), ct) : shape.Problem;
    }

    private bool IsWorkbook(FileId file)
    {
        using var content = files.Open(work.Tenant, file)!;
        return WorkbookFile.IsOne(content);
    }

    private long Length(FileId file)
    {
        using var content = files.Open(work.Tenant, file)!;
        return content.Length;
    }

    private static string NameOf(string? name)
    {
        var plain = Kernel.Text.OrNull(name?.Split('/', '\\')[^1]) ?? "upload.csv";
        return Kernel.Text.IsClean(plain) ? plain.Length > 200 ? plain[^200..] : plain : "upload.csv";
    }
}

/// <summary>A file that is stored and known to be readable.</summary>
internal sealed record ProbedFile(string Name, FileId File, long Bytes, FileShape Shape, ImportKind? Kind, XlsxSheet? Sheet = null);
