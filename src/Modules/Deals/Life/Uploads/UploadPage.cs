using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

internal sealed record UploadLine(UploadId Id, string FileName, UploadState State, DateTime At, string By, int Rows, int Registered, int Refused);

internal sealed record UploadRowLine(int Number, string Customer, UploadRowState State, string? Message, DealId? Deal);

/// <summary>An upload as its partner sees it.</summary>
internal sealed record UploadDetail
{
    public required UploadLine Line { get; init; }
    public required int Ready { get; init; }
    public JobState? Job { get; init; }
    public long Done { get; init; }
    public string? JobMessage { get; init; }
    public required IReadOnlyList<UploadRowLine> Rows { get; init; }

    /// <summary>The headings of the file.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>Field → column, counted from 0.</summary>
    public required IReadOnlyDictionary<string, int> Columns { get; init; }

    /// <summary>The first row, as an example beside the headings.</summary>
    public required IReadOnlyList<string> Example { get; init; }

    public bool IsRunning => Line.State == UploadState.Running && Job is JobState.Queued or JobState.Running;
}

internal static class UploadPages
{
    public static async Task<IReadOnlyList<UploadLine>> ListAsync(Work work, CancellationToken ct)
    {
        if (!work.Actor.IsPartner) return [];
        var uploads = await work.Db.Set<Upload>().AsNoTracking().OrderByDescending(u => u.Id).Take(20).ToListAsync(ct);
        var ids = uploads.Select(u => u.Id).ToArray();
        var counts = (await work.Db.Set<UploadRow>().Where(r => ids.Contains(r.UploadId)).GroupBy(r => new { r.UploadId, r.State }).Select(g => new { g.Key.UploadId, g.Key.State, Count = g.Count() }).ToListAsync(ct))
            .ToLookup(c => c.UploadId);
        return [.. uploads.Select(u => Line(u, counts[u.Id].ToDictionary(c => c.State, c => c.Count)))];
    }

    public static async Task<Result<UploadDetail>> FindAsync(Work work, UploadId id, CancellationToken ct)
    {
        var upload = work.Actor.IsPartner ? await work.Db.Set<Upload>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct) : null;
        if (upload is null) return Problem.Missing("upload");
        var rows = await work.Db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == id).OrderBy(r => r.Number).Select(r => new UploadRowLine(r.Number, r.Customer, r.State, r.Message, r.DealId)).ToListAsync(ct);
        var shown = work.Db.ReadsAmounts();
        var job = upload.JobId is { } running ? await work.Db.Set<JobRow>().AsNoTracking().SingleOrDefaultAsync(j => j.Id == running, ct) : null;
        var counts = rows.GroupBy(r => r.State).ToDictionary(g => g.Key, g => g.Count());
        return new UploadDetail
        {
            Line = Line(upload, counts),
            Ready = counts.GetValueOrDefault(UploadRowState.Ready),
            Job = job?.State,
            Done = job?.Done ?? 0,
            JobMessage = job?.Message,
            Rows = shown ? rows : [.. rows.Select(r => r with { Message = AmountSight.WithoutAmount(r.Message) })],
            Header = upload.Columns,
            Columns = upload.Fields,
            Example = !shown ? [] : (await work.Db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == id).OrderBy(r => r.Number).FirstOrDefaultAsync(ct))?.Values ?? [],
        };
    }

    /// <summary>The rows that were not accepted, with their own columns and the reason: corrected, the same file can be uploaded again.</summary>
    public static async Task WriteRefusedAsync(string id, HttpContext http, Work work)
    {
        var ct = http.RequestAborted;
        var key = Ids.Parse<UploadId>(id) ?? default;
        var upload = work.Actor.IsPartner ? await work.Db.Set<Upload>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == key, ct) : null;
        if (upload is null)
        {
            http.Response.StatusCode = 404;
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"not-registered.csv\"";
        var rows = await work.Db.Set<UploadRow>().AsNoTracking().Where(r => r.UploadId == key && r.State == UploadRowState.Refused).OrderBy(r => r.Number).ToListAsync(ct);
        var (columns, kept) = (upload.Columns, !work.Db.ReadsAmounts() && upload.Fields.TryGetValue("amount", out var amount) ? amount : -1);
        await Csv.WriteAsync(http.Response.Body, [.. columns, "Why not"], rows.Select(r => (IReadOnlyList<string?>)[.. Enumerable.Range(0, columns.Count).Select(i => i < r.Values.Count && i != kept ? r.Values[i] : ""), kept < 0 ? r.Message : AmountSight.WithoutAmount(r.Message)]).ToAsyncEnumerable(), ct);
    }

    private static UploadLine Line(Upload upload, IReadOnlyDictionary<UploadRowState, int> counts) => new(upload.Id, upload.FileName, upload.State, upload.At, upload.PersonName,
        counts.Values.Sum(), counts.GetValueOrDefault(UploadRowState.Registered), counts.GetValueOrDefault(UploadRowState.Refused));
}
