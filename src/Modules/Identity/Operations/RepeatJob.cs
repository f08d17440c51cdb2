using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>Starts a job again that failed, was stopped, or never came back.</summary>
internal sealed class RepeatJob(Work work, Wake wake) : UseCase<JobId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageOperations;

    protected override async Task<Result<Done>> HandleAsync(JobId input, CancellationToken ct)
    {
        if (await Db.Set<JobRow>().SingleOrDefaultAsync(j => j.Id == input, ct) is not { } job) return Problem.Missing("job");
        if (job.State is not (JobState.Failed or JobState.Parked or JobState.Cancelled))
            return new Problem(ProblemKind.Conflict, "identity.job_not_over", $"This job cannot be started again while it is “{Words.Label(job.State)}”.");
        (job.State, job.Attempts, job.CancelWanted, job.LeasedUntil, job.FinishedAt, job.Message) = (JobState.Queued, 0, false, null, null, null);
        Work.Note("identity.repeat_job", "kernel_job", job.Id.ToString(), new { job.Kind });
        Work.Afterwards(wake.Jobs);
        return default(Done);
    }
}
