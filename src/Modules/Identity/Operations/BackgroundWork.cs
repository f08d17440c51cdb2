using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>What waits and what failed, in a few figures.</summary>
internal sealed record WorkCounts(int Parked, int Failing, int Waiting, DateTime? OldestWaiting, int MailsFailed, int MailsWaiting, int JobsFailed);

/// <summary>A recurring job as it is shown.</summary>
internal sealed record ScheduleItem(string Name, TimeSpan Every, ScheduleRow? Row);

/// <summary>A message between modules that failed; what it says stays inside.</summary>
internal sealed record DeliveryItem(DeliveryId Id, string Event, string Listener, DeliveryState State, int Attempts, DateTime CreatedAt, DateTime? NextAttemptAt, string? LastError);

/// <summary>A job that somebody started.</summary>
internal sealed record JobItem(JobId Id, string Kind, JobState State, string StartedBy, DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt, long Done, long Total, string? Message);

/// <summary>A mail that is not sent.</summary>
internal sealed record MailItem(MailId Id, string Subject, string To, MailState State, int Attempts, DateTime CreatedAt, DateTime? NextAttemptAt, string? LastError);

/// <summary>What an operator sees of the work behind the pages.</summary>
internal static class BackgroundWork
{
    public const int Most = 200;
    private const int CountTo = 1000;

    /// <summary>Deliveries that were set aside, or that have failed and will be tried again.</summary>
    public static Task<List<OutboxRow>> DeliveriesAsync(Work work, CancellationToken ct) => Failing(work).OrderBy(o => o.Id).Take(Most).ToListAsync(ct);

    public static Task<List<JobRow>> JobsAsync(Work work, CancellationToken ct) => work.Db.Set<JobRow>().AsNoTracking().OrderByDescending(j => j.Id).Take(50).ToListAsync(ct);

    public static Task<List<MailRow>> MailsAsync(Work work, CancellationToken ct) => Unsent(work).OrderByDescending(m => m.State == MailState.Failed).ThenByDescending(m => m.Id).Take(100).ToListAsync(ct);

    /// <summary>The same deliveries, all of them, page by page.</summary>
    public static async Task<Page<DeliveryItem>> DeliveriesAsync(Work work, Paging paging, CancellationToken ct) => (await Failing(work).PageAsync(o => o.Id, o => o.Id, false, paging, ct)).Select(o =>
        new DeliveryItem(o.Id, o.Event, o.Listener, o.State, o.Attempts, o.CreatedAt, o.State == DeliveryState.Waiting ? o.NextAttemptAt : null, o.LastError));

    /// <summary>Jobs that people started, the newest first.</summary>
    public static async Task<Page<JobItem>> JobsAsync(Work work, Paging paging, CancellationToken ct) => (await work.Db.Set<JobRow>().AsNoTracking().PageAsync(j => j.Id, j => j.Id, true, paging, ct)).Select(j =>
        new JobItem(j.Id, j.Kind, j.State, j.StartedByName, j.CreatedAt, j.StartedAt, j.FinishedAt, j.Done, j.Total, j.Message));

    /// <summary>Mails that are not sent, the newest first.</summary>
    public static async Task<Page<MailItem>> MailsAsync(Work work, Paging paging, CancellationToken ct) => (await Unsent(work).PageAsync(m => m.Id, m => m.Id, true, paging, ct)).Select(m =>
        new MailItem(m.Id, m.Subject, m.To, m.State, m.Attempts, m.CreatedAt, m.State == MailState.Waiting ? m.NextAttemptAt : null, m.LastError));

    public static async Task<IReadOnlyList<ScheduleItem>> ScheduleAsync(Work work, Manifest manifest, CancellationToken ct)
    {
        var rows = await work.Db.Set<ScheduleRow>().AsNoTracking().ToDictionaryAsync(r => r.Name, ct);
        return [.. manifest.Schedule.Select(s => new ScheduleItem(s.Name, s.Every, rows.GetValueOrDefault(s.Name)))];
    }

    private static IQueryable<OutboxRow> Failing(Work work) => work.Db.Set<OutboxRow>().AsNoTracking().Where(o => o.State == DeliveryState.Parked || (o.State == DeliveryState.Waiting && o.LastError != null));

    private static IQueryable<MailRow> Unsent(Work work) => work.Db.Set<MailRow>().AsNoTracking().Where(m => m.State != MailState.Sent);

    public static async Task<WorkCounts> CountAsync(Work work, CancellationToken ct)
    {
        var (outbox, mails, jobs, now) = (work.Db.Set<OutboxRow>(), work.Db.Set<MailRow>(), work.Db.Set<JobRow>(), work.Now);
        return new WorkCounts(
            await outbox.Where(o => o.State == DeliveryState.Parked).Take(CountTo).CountAsync(ct),
            await outbox.Where(o => o.State == DeliveryState.Waiting && o.LastError != null).Take(CountTo).CountAsync(ct),
            await outbox.Where(o => o.State == DeliveryState.Waiting).Take(CountTo).CountAsync(ct),
            await outbox.Where(o => o.State == DeliveryState.Waiting && o.NextAttemptAt <= now).OrderBy(o => o.NextAttemptAt).Select(o => (DateTime?)o.NextAttemptAt).FirstOrDefaultAsync(ct),
            await mails.Where(m => m.State == MailState.Failed).Take(CountTo).CountAsync(ct),
            await mails.Where(m => m.State == MailState.Waiting).Take(CountTo).CountAsync(ct),
            await jobs.Where(j => j.State == JobState.Failed || j.State == JobState.Parked).Take(CountTo).CountAsync(ct));
    }
}
