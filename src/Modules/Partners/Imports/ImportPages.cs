using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Imports;

internal sealed record PartnerImportItem(PartnerImportId Id, string FileName, PartnerImportState State, DateTime StateAt, int Rows, int Created, int Updated, int Unchanged, int Refused, string StartedByName, DateTime CreatedAt);

/// <summary>How far the job has come.</summary>
internal sealed record PartnerImportProgress(JobState State, long Done, long Total, string? Message);

/// <summary>One import in full. Before the writing the counts say what would happen.</summary>
internal sealed record PartnerImportDetails(
    PartnerImportId Id, string FileName, string[] Header, int Rows, IReadOnlyDictionary<string, string> Mapping, PartnerImportMode Mode, string? Country, PartnerType? MainType, PartnerState? NewState, bool OtherCompanies,
    PartnerImportState State, DateTime StateAt, int Created, int Updated, int Unchanged, int Refused, int Removed, int Restored, int Kept, PartnerImportProgress? Job, string StartedByName, DateTime CreatedAt, string? TakenBackByName, string[] Allowed)
{
    /// <summary>Whether a job works on it now; otherwise a run that is not at its end was broken off.</summary>
    public bool IsRunning => Job is { State: JobState.Queued or JobState.Running };
}

/// <summary>A row with what it does, or why it does not.</summary>
internal sealed record PartnerImportRowItem(int Number, PartnerRowOutcome Outcome, string Title, string[] Lines, PartnerId? Partner, bool Written, bool Undone, string? KeptBecause);

/// <summary>Reads imports: pages and API.</summary>
internal static class PartnerImportPages
{
    public static async Task<Page<PartnerImportItem>> PageAsync(Work work, Paging paging, CancellationToken ct) =>
        (await work.Db.Set<PartnerImport>().AsNoTracking().PageAsync(i => i.CreatedAt, i => i.Id, true, paging, ct))
            .Select(i => new PartnerImportItem(i.Id, i.FileName, i.State, i.StateAt, i.Rows, i.Created, i.Updated, i.Unchanged, i.Refused, i.StartedByName, i.CreatedAt));

    public static async Task<Result<PartnerImportDetails>> FindAsync(Work work, PartnerImportId id, CancellationToken ct)
    {
        var i = await work.Db.Set<PartnerImport>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct);
        if (i is null) return ImportProblems.Missing();
        var job = i.Job is null ? null : await work.Db.Set<JobRow>().AsNoTracking().Where(j => j.Id == i.Job).Select(j => new PartnerImportProgress(j.State, j.Done, j.Total, j.Message)).SingleOrDefaultAsync(ct);
        var header = JsonSerializer.Deserialize<string[]>(i.Header, Json.Options)!;
        var mapping = JsonSerializer.Deserialize<Dictionary<string, int>>(i.Mapping, Json.Options)!.ToDictionary(m => m.Key, m => header[m.Value]);
        var otherwise = JsonSerializer.Deserialize<ImportDefaults>(i.Otherwise, Json.Options)!;
        return new PartnerImportDetails(i.Id, i.FileName, header, i.Rows, mapping, i.Mode, otherwise.Country, otherwise.MainType, otherwise.State, otherwise.OtherCompanies, i.State, i.StateAt, i.Created, i.Updated, i.Unchanged, i.Refused,
            i.Removed, i.Restored, i.Kept, job, i.StartedByName, i.CreatedAt, i.TakenBackByName, [.. PartnerImportLifecycle.Machine.Allowed(i.State).Where(t => t is not PartnerImportTrigger.Finish).Select(Words.Of)]);
    }

    public static async Task<IReadOnlyList<PartnerImportRowItem>> RowsAsync(Work work, PartnerImportId id, PartnerRowOutcome? outcome, bool? kept, int after, int take, CancellationToken ct)
    {
        var rows = await work.Db.Set<PartnerImportRow>().AsNoTracking()
            .Where(r => r.ImportId == id && r.Number > after && (outcome == null || r.Outcome == outcome) && (kept != true || r.KeptBecause != null)).OrderBy(r => r.Number).Take(take).ToListAsync(ct);
        return [.. rows.Select(r => new PartnerImportRowItem(r.Number, r.Outcome, r.Title, r.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), r.PartnerId, r.Written, r.Undone, r.KeptBecause))];
    }

    /// <summary>The first rows of the file, while they are kept.</summary>
    public static async Task<IReadOnlyList<string[]>> SampleAsync(Work work, PartnerImportId id, CancellationToken ct) =>
        [.. (await work.Db.Set<PartnerImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Cells != null).OrderBy(r => r.Number).Select(r => r.Cells!).Take(5).ToListAsync(ct)).Select(c => JsonSerializer.Deserialize<string[]>(c, Json.Options)!)];

    /// <summary>The refused rows as they stood in the file, with the reasons behind them.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<string?>> RefusedAsync(Work work, PartnerImportId id, int width, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var rows = work.Db.Set<PartnerImportRow>().AsNoTracking().Where(r => r.ImportId == id && r.Outcome == PartnerRowOutcome.Refused).OrderBy(r => r.Number).Select(r => new { r.Number, r.Cells, r.Text }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(ct))
        {
            var cells = JsonSerializer.Deserialize<string[]>(row.Cells ?? "[]", Json.Options)!;
            yield return [.. Enumerable.Range(0, width).Select(i => i < cells.Length ? cells[i] : ""), row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Text.Replace("\n", " | ", StringComparison.Ordinal)];
        }
    }
}
