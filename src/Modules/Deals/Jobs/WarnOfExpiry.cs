using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Jobs;

/// <summary>Tells, once a fortnight and once three days before, that a protection ends soon.</summary>
internal sealed class WarnOfExpiry(Db db, Work work, DealMail mail) : IRecurring
{
    private const int MostDeals = 2000;
    private static readonly int[] Before = [14, 3];

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var day in Before.Select(b => work.Today.AddDays(b)))
        {
            var due = await (
                from d in db.Set<Deal>()
                join p in db.Set<PartnerRow>() on new { d.TenantId, Id = d.PartnerId } equals new { p.TenantId, p.Id }
                where d.State == DealState.Approved && d.ExpiresOn == day
                orderby d.Id
                select new { d.Id, p.ManagerId }).Take(MostDeals).ToListAsync(ct);
            foreach (var row in due) await WarnAsync(row.Id, row.ManagerId, day, ct);
        }
    }

    private Task<Result<Done>> WarnAsync(DealId id, PersonId? manager, DateOnly day, CancellationToken ct) => work.TransactAsync<Done>("deals.warn_of_expiry", async () =>
    {
        if (await db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.State == DealState.Approved && d.ExpiresOn == day, ct) is { } deal) await mail.ExpiringAsync(deal, manager, day.DayNumber - work.Today.DayNumber, ct);
        return default(Done);
    }, ct);
}
