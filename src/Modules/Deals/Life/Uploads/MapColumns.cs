using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

/// <summary>What stands in which column.</summary>
/// <param name="Upload">The file.</param>
/// <param name="Columns">Field → column, counted from 0; a field that is left out stands nowhere.</param>
internal sealed record ColumnsInput(UploadId Upload, IReadOnlyDictionary<string, int>? Columns);

/// <summary>The partner says what stands in which column of its table; the rows are checked anew. The next table with the same headings is read in the same way.</summary>
internal sealed class MapColumns(Work work, CustomFields own) : UseCase<ColumnsInput, UploadId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<UploadId>> HandleAsync(ColumnsInput input, CancellationToken ct)
    {
        var id = input.Upload;
        var upload = await Db.Set<Upload>().SingleOrDefaultAsync(u => u.Id == id, ct);
        if (upload is null || !Work.Actor.IsPartner) return Problem.Missing("upload");
        await Work.LockAsync($"deals-upload:{id}", ct);
        if (upload.State is not (UploadState.Columns or UploadState.Checked)) return new Problem(ProblemKind.Conflict, "deals.upload_started", "These rows are being registered already.");
        var columns = input.Columns ?? new Dictionary<string, int>();
        var last = upload.Columns.Count - 1;
        var asked = await own.WritableAsync("deals", ct);
        string[] known = [.. UploadSheet.Names.Keys, .. asked.Select(UploadSheet.Of)];
        var check = new Check()
            .That(columns.Keys.All(known.Contains), "columns", $"The fields are {string.Join(", ", known)}.")
            .That(columns.Values.All(c => c >= 0 && c <= last), "columns", "There is no such column.")
            .That(columns.Values.Distinct().Count() == columns.Count, "columns", "A column holds one field only.");
        foreach (var field in UploadSheet.Missing(columns)) check.That(false, $"columns[{field}]", $"Choose the column of the {field}.");
        if (check.Problem is { } problem) return problem;
        (upload.Mapping, upload.MappedByHand, upload.State) = (JsonSerializer.Serialize(columns, Json.Options), true, UploadState.Checked);
        var rows = await Db.Set<UploadRow>().Where(r => r.UploadId == id).ToListAsync(ct);
        UploadRows.Check(Work, upload, rows, await UploadDeals.ProductsAsync(Work, ct), asked);
        return id;
    }
}
