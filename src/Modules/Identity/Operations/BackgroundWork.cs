using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>What waits and what failed, in a few figures.</summary>
internal sealed record WorkCounts(int Parked, int Failing, int Waiting, DateTime? OldestWaiting, int MailsFailed, int MailsWaiting, int JobsFailed);

/// <summary>A recurring job as it is shown.</summary>
internal sealed record ScheduleItem(string Name, TimeSpan Every, ScheduleRow? Row);

/// <summary>What an operator sees of the work behind the pages.</summary>
internal static class BackgroundWork
{
    public const int Most = 200;
    private const int CountTo = 1000;

    /// <summary>Deliveries that were set aside, or that have failed and will be tried again.</summary>
    public static Task<List<OutboxRow>> DeliveriesAsync(Work work, CancellationToken ct) => work.Db.Set<OutboxRow>().AsNoTracking()
        .Where(o => o.State == DeliveryState.Parked || (o.State == DeliveryState.Waiting && o.LastError != null))
        .OrderBy(o => o.Id).Take(Most).ToListAsync(ct);

    public static Task<List<JobRow>> JobsAsync(Work work, CancellationToken ct) => work.Db.Set<JobRow>().AsNoTracking().OrderByDescending(j => j.Id).Take(50).ToListAsync(ct);

    public static Task<List<MailRow>> MailsAsync(Work work, CancellationToken ct) => work.Db.Set<MailRow>().AsNoTracking()
        .Where(m => m.State != MailState.Sent).OrderByDescending(m => m.State == MailState.Failed).ThenByDescending(m => m.Id).Take(100).ToListAsync(ct);

    public static async Task<IReadOnlyList<ScheduleItem>> ScheduleAsync(Work work, Manifest manifest, CancellationToken ct)
    {
        var rows = await work.Db.Set<ScheduleRow>().AsNoTracking().ToDictionaryAsync(r => r.Name, ct);
        return [.. manifest.Schedule.Select(s => new ScheduleItem(s.Name, s.Every, rows.GetValueOrDefault(s.Name)))];
    }

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
