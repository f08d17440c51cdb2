using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Incentives;

/// <summary>Payouts in a partner's history: what was paid to it, one line for each payout.</summary>
internal sealed class PayoutHistory(Work work) : IPartnerEvents
{
    public async Task<IReadOnlyList<PartnerEvent>> OfAsync(PartnerEventsAsk ask, CancellationToken ct)
    {
        if (!ask.Wants(PartnerEventKind.Payout) || !work.Actor.May(IncentivesPermissions.View)) return [];
        var rows = await work.Db.Set<Earning>().AsNoTracking().Where(e => e.PartnerId == ask.Partner && e.PaidAt != null && e.PaidAt <= ask.Until && e.PayoutId != null)
            .GroupBy(e => new { e.PayoutId, e.PaidAt, e.Currency }).Select(g => new { g.Key.PayoutId, g.Key.PaidAt, g.Key.Currency, Amount = g.Sum(e => e.Amount) })
            .OrderByDescending(g => g.PaidAt).ThenBy(g => g.PayoutId).Take(ask.Most).ToListAsync(ct);
        return [.. rows.Select(r => new PartnerEvent(r.PaidAt!.Value, PartnerEventKind.Payout, new Money(r.Amount, r.Currency).ToString(), "was paid out", null, Href(r.PayoutId)) { Tone = Tone.Good })];
    }

    private string? Href(PayoutId? payout) => work.Actor.IsPartner ? "/portal/earnings" : work.Actor.May(IncentivesPermissions.ViewLedger) ? $"/app/incentives/payouts/{payout}" : null;
}
