using Microsoft.EntityFrameworkCore;
using Trellis.Incentives.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

internal sealed record PayoutItem(PayoutId Id, PayoutState State, string Currency, long Total, int Lines, int Partners, DateTime CreatedAt, string CreatedBy, DateTime? ClosedAt, string? ClosedBy, string? Reference);

/// <summary>What one partner gets.</summary>
internal sealed record TransferItem(PartnerId PartnerId, string? PartnerName, long Amount, int Lines);

/// <summary>A payout with one transfer for each partner.</summary>
internal sealed record PayoutDetails(PayoutItem Payout, IReadOnlyList<TransferItem> Transfers, IReadOnlyList<PayoutTrigger> Allowed);

/// <summary>What could be paid now in one currency.</summary>
internal sealed record PayableSum(string Currency, long Amount, int Lines);

internal static class PayoutPage
{
    public static async Task<Page<PayoutItem>> PageAsync(Work work, Paging paging, CancellationToken ct) =>
        (await work.Db.Set<Payout>().AsNoTracking().PageAsync(p => p.CreatedAt, p => p.Id, true, paging, ct)).Select(Item);

    public static Task<List<PayableSum>> PayableAsync(Work work, CancellationToken ct) =>
        work.Db.Set<Earning>().Where(e => e.State == EarningState.Payable).GroupBy(e => e.Currency).OrderBy(g => g.Key)
            .Select(g => new PayableSum(g.Key, g.Sum(e => e.Amount), g.Count())).ToListAsync(ct);

    public static async Task<Result<PayoutDetails>> LoadAsync(Work work, PayoutId id, CancellationToken ct)
    {
        var payout = await work.Db.Set<Payout>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payout is null) return IncentivesProblems.NoPayout();
        var lines = await EarningList.Items(work.Db, work.Db.Set<Earning>().AsNoTracking().Where(e => e.PayoutId == id)).ToListAsync(ct);
        var transfers = lines.GroupBy(l => l.PartnerId).Select(g => new TransferItem(g.Key, g.First().PartnerName, g.Sum(l => l.Amount), g.Count()))
            .OrderByDescending(t => t.Amount).ThenBy(t => t.PartnerName, StringComparer.Ordinal).ToList();
        return new PayoutDetails(Item(payout), transfers, work.Actor.May(IncentivesPermissions.Pay) ? PayoutLifecycle.Machine.Allowed(payout.State) : []);
    }

    private static PayoutItem Item(Payout p) => new(p.Id, p.State, p.Currency, p.Total, p.Lines, p.Partners, p.CreatedAt, p.CreatedBy, p.ClosedAt, p.ClosedBy, p.Reference);
}
