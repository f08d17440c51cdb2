using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Bulk;

/// <summary>Whoever began a change of many records, or runs background work, stops it or has it go on.</summary>
/// <param name="GoOn">Has the rest done that was not touched; otherwise it stops after the records that are under way.</param>
internal sealed record BulkSteering(BulkId Bulk, bool GoOn);

internal sealed class SteerBulk(Work work, Wake wake) : UseCase<BulkSteering, BulkId>(work)
{
    protected override Permission Permission => IdentityPermissions.UseTokens;

    protected override async Task<Result<BulkId>> HandleAsync(BulkSteering input, CancellationToken ct)
    {
        var (me, all) = (Work.Actor.Person, Work.Actor.May(IdentityPermissions.ManageOperations));
        if (Work.Actor.IsPartner || await Db.Set<BulkRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == input.Bulk && (all || r.StartedBy == me), ct) is not { } run) return Problem.Missing("change");
        var job = await Db.Set<JobRow>().SingleAsync(j => j.Id == run.Job, ct);
        return input.GoOn ? await GoOnAsync(run, job, ct) : Stop(run, job);
    }

    private Result<BulkId> Stop(BulkRun run, JobRow job)
    {
        if (job.State is not (JobState.Queued or JobState.Running)) return new Problem(ProblemKind.Conflict, "bulk.over", "It is over: there is nothing to stop.");
        // One that has not begun ends at its first look.
        job.CancelWanted = true;
        Work.Note("bulk.stop", "kernel_bulk", run.Id.ToString(), new { run.Title });
        return run.Id;
    }

    private async Task<Result<BulkId>> GoOnAsync(BulkRun run, JobRow job, CancellationToken ct)
    {
        if (job.State is JobState.Queued or JobState.Running) return new Problem(ProblemKind.Conflict, "bulk.runs", "It runs already.");
        if (!await Db.Set<BulkRow>().AnyAsync(r => r.BulkId == run.Id && r.State == BulkState.Waiting, ct)) return new Problem(ProblemKind.Conflict, "bulk.done", "Every record is done: there is nothing left.");
        (job.State, job.Attempts, job.CancelWanted, job.LeasedUntil, job.FinishedAt, job.Message) = (JobState.Queued, 0, false, null, null, null);
        Work.Note("bulk.go_on", "kernel_bulk", run.Id.ToString(), new { run.Title });
        Work.Afterwards(wake.Jobs);
        return run.Id;
    }
}
