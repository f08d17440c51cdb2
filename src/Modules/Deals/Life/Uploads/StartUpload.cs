using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Deals.Life.Uploads;

/// <summary>The partner registers the rows that fit.</summary>
internal sealed class StartUpload(Work work, Kernel.Jobs jobs) : UseCase<UploadId, UploadId>(work)
{
    protected override Permission Permission => DealsPermissions.Register;

    protected override async Task<Result<UploadId>> HandleAsync(UploadId id, CancellationToken ct)
    {
        var upload = await Db.Set<Upload>().SingleOrDefaultAsync(u => u.Id == id, ct);
        if (upload is null || !Work.Actor.IsPartner) return Problem.Missing("upload");
        await Work.LockAsync($"deals-upload:{id}", ct);
        if (upload.State == UploadState.Columns) return UploadRows.ColumnsOpen(UploadSheet.Missing(upload.Fields));
        var broken = upload.State == UploadState.Running && upload.JobId is { } job && await Db.Set<JobRow>().AnyAsync(j => j.Id == job && j.State != JobState.Queued && j.State != JobState.Running, ct);
        if (upload.State != UploadState.Checked && !broken) return new Problem(ProblemKind.Conflict, "deals.upload_started", "These rows are being registered already.");
        if (!await Db.Set<UploadRow>().AnyAsync(r => r.UploadId == id && r.State == UploadRowState.Ready, ct)) return new Problem(ProblemKind.Conflict, "deals.upload_empty", "No row of this file can be registered.");
        (upload.State, upload.JobId) = (UploadState.Running, jobs.Start("deals.upload", new UploadJob(id)));
        return id;
    }
}
