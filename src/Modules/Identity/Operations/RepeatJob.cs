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

/// <summary>Tries a mail again that the mail server refused or that waits for its next attempt.</summary>
internal sealed class RetryMail(Work work) : UseCase<MailId, Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageOperations;

    protected override async Task<Result<Done>> HandleAsync(MailId input, CancellationToken ct)
    {
        if (await Db.Set<MailRow>().SingleOrDefaultAsync(m => m.Id == input && m.State != MailState.Sent, ct) is not { } mail) return Problem.Missing("mail");
        (mail.State, mail.Attempts, mail.NextAttemptAt, mail.LeasedUntil) = (MailState.Waiting, 0, Work.Now, null);
        Work.Note("identity.retry_mail", "kernel_mail", mail.Id.ToString(), new { mail.To, mail.Subject });
        return default(Done);
    }
}

/// <summary>What to do with a recurring job.</summary>
internal enum ScheduleAct
{
    RunNow,
    Pause,
    Resume,
}

/// <summary>
/// Runs a recurring job at the next tick, pauses it, or lets it run again. It runs for all tenants at once, so only the people of the first
/// tenant, who run the installation, may do this.
/// </summary>
internal sealed class SteerSchedule(Work work, ITenants tenants, Manifest manifest) : UseCase<(string Name, ScheduleAct Act), Done>(work)
{
    protected override Permission Permission => IdentityPermissions.ManageOperations;

    /// <summary>Whether this tenant's people run the installation.</summary>
    public static async Task<bool> MayAsync(Work work, ITenants tenants, CancellationToken ct) =>
        work.Actor.May(IdentityPermissions.ManageOperations) && await tenants.IsRunByAsync(work.Tenant, ct);

    protected override async Task<Result<Done>> HandleAsync((string Name, ScheduleAct Act) input, CancellationToken ct)
    {
        if (!await tenants.IsRunByAsync(Work.Tenant, ct)) return Problem.Denied(Permission);
        if (manifest.Schedule.All(s => s.Name != input.Name)) return Problem.Missing("recurring job");
        var row = await Db.Set<ScheduleRow>().SingleOrDefaultAsync(s => s.Name == input.Name, ct);
        if (row is null) Db.Add(row = new ScheduleRow { Name = input.Name, NextAt = Work.Now });
        if (input.Act == ScheduleAct.Pause) row.Paused = true;
        if (input.Act == ScheduleAct.Resume) (row.Paused, row.Attempts) = (false, 0);
        if (input.Act == ScheduleAct.RunNow) (row.NextAt, row.Paused, row.Attempts) = (Work.Now, false, 0);
        Work.Note("identity.steer_schedule", "kernel_schedule", input.Name, new { act = input.Act });
        return default(Done);
    }
}
