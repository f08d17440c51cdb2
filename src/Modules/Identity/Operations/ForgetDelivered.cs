using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Operations;

/// <summary>
/// Forgets deliveries a month after they came through or were discarded, and mails three months after they were sent: they are copies of what the records say, and the tables would
/// grow for ever. What waits or has failed stays until a person decides.
/// </summary>
internal sealed class ForgetDelivered(Db db, Work work) : IRecurring
{
    public static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(30);
    public static readonly TimeSpan MailsKept = TimeSpan.FromDays(90);
    private const int AtOnce = 2000;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (delivered, sent) = (work.Now - DeliveriesKept, work.Now - MailsKept);
        foreach (var over in new[] { DeliveryState.Delivered, DeliveryState.Discarded })
            await ForgetAsync<OutboxRow, DeliveryId>(o => o.State == over && o.NextAttemptAt < delivered, o => o.Id, ids => o => ids.Contains(o.Id), ct);
        await ForgetAsync<MailRow, MailId>(m => m.State == MailState.Sent && m.NextAttemptAt < sent && m.SentAt < sent, m => m.Id, ids => m => ids.Contains(m.Id), ct);
        return default(Done);
    }

    // A part at a time, each in a transaction of its own: nobody waits long for a table that has grown for years.
    private async Task ForgetAsync<TRow, TId>(Expression<Func<TRow, bool>> over, Expression<Func<TRow, TId>> id, Func<TId[], Expression<Func<TRow, bool>>> among, CancellationToken ct) where TRow : class, ITenantOwned
    {
        var tenant = work.Tenant;
        for (var some = AtOnce; some == AtOnce;)
        {
            var ids = await db.Set<TRow>().Where(r => r.TenantId == tenant).Where(over).Select(id).Take(AtOnce).ToArrayAsync(ct);
            if (ids.Length > 0) await Work.AloneAsync(db, () => db.Set<TRow>().Where(r => r.TenantId == tenant).Where(among(ids)).ExecuteDeleteAsync(ct), ct);
            some = ids.Length;
        }
    }
}
