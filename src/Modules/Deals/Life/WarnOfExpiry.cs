using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals.Life;

/// <summary>Warns once of each of the 30, 14, 7 and 1 days before a protection ends. Run by the clock; a deal that needs no warning is left alone.</summary>
internal sealed class WarnOfExpiry(Work work, DealMail mail) : UseCase<DealId, bool>(work)
{
    protected override Permission Permission => DealsPermissions.Clock;

    protected override async Task<Result<bool>> HandleAsync(DealId id, CancellationToken ct)
    {
        await Work.LockAsync($"deal-notice:{id}", ct);
        var deal = await Db.Set<Deal>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (deal is not { State: DealState.Approved, ExpiresOn: { } last } || ExpiryWarnings.Due(last.DayNumber - Work.Today.DayNumber) is not { } days) return false;
        var key = DealNotice.ExpiryKey(last, days);
        if (await Db.Set<DealNotice>().AnyAsync(n => n.DealId == id && n.Kind == NoticeKind.Expiry && n.Key == key, ct)) return false;
        Db.Add(DealNotice.Of(Work.Tenant, id, NoticeKind.Expiry, key, Work.Now));
        var manager = await Db.Set<PartnerRow>().Where(p => p.Id == deal.PartnerId).Select(p => p.ManagerId).SingleOrDefaultAsync(ct);
        await mail.ExpiringAsync(deal, manager, last.DayNumber - Work.Today.DayNumber, ct);
        return true;
    }
}
