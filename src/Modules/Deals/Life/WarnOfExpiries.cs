using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

/// <summary>Looks every hour for protections that end soon and were not warned of.</summary>
internal sealed class WarnOfExpiries(Db db, Work work, WarnOfExpiry warn) : IRecurring
{
    private const int Batch = 500;

    public async Task<Result<Done>> RunAsync(CancellationToken ct)
    {
        var (today, refusals) = (work.Today, new Refusals());
        for (var i = 0; i < ExpiryWarnings.Days.Length; i++)
        {
            var days = ExpiryWarnings.Days[i];
            var nearest = i + 1 < ExpiryWarnings.Days.Length ? today.AddDays(ExpiryWarnings.Days[i + 1] + 1) : today;
            for (var day = nearest; day <= today.AddDays(days); day = day.AddDays(1)) await WarnAsync(day, days, refusals, ct);
        }

        return refusals.End;
    }

    private async Task WarnAsync(DateOnly last, int days, Refusals refusals, CancellationToken ct)
    {
        var key = DealNotice.ExpiryKey(last, days);
        while (true)
        {
            var due = await db.Set<Deal>().AsNoTracking()
                .Where(d => d.State == DealState.Approved && d.ExpiresOn == last
                    && !db.Set<DealNotice>().Any(n => n.TenantId == d.TenantId && n.DealId == d.Id && n.Kind == NoticeKind.Expiry && n.Key == key))
                .OrderBy(d => d.Id).Select(d => d.Id).Take(Batch).ToListAsync(ct);
            var warned = 0;
            foreach (var id in due) warned += refusals.Note(await warn.RunAsync(id, ct)) is { Ok: true, Value: true } ? 1 : 0;
            if (due.Count < Batch || warned == 0) return;
        }
    }
}
