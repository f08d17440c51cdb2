using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Incentives.Published;

/// <summary>What was earned in one currency, minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Paid">Paid out.</param>
/// <param name="Payable">Goes into the next payout, or is in one.</param>
/// <param name="Pending">Waits: hold period, hold by a person, dispute.</param>
public sealed record EarningTotals(string Currency, long Paid, long Payable, long Pending)
{
    /// <summary>Certain: paid and payable.</summary>
    public long Earned => Paid + Payable;
}

/// <summary>The figures about earnings that pages of other modules show; limited to what the actor may see.</summary>
public static class Earnings
{
    /// <summary>The totals per currency, of one partner or of all that the actor sees.</summary>
    public static async Task<IReadOnlyList<EarningTotals>> TotalsAsync(Work work, PartnerId? partner, CancellationToken ct)
    {
        var rows = work.Db.Set<EarningRow>().Where(e => e.State != EarningState.Reversed);
        if (partner is { } one) rows = rows.Where(e => e.PartnerId == one);
        var sums = await rows.GroupBy(e => new { e.Currency, e.State }).Select(g => new { g.Key.Currency, g.Key.State, Amount = g.Sum(e => e.Amount) }).ToListAsync(ct);
        return [.. sums.GroupBy(s => s.Currency).OrderBy(g => g.Key).Select(g => new EarningTotals(
            g.Key,
            g.Where(s => s.State == EarningState.Paid).Sum(s => s.Amount),
            g.Where(s => s.State is EarningState.Payable or EarningState.InBatch).Sum(s => s.Amount),
            g.Where(s => IsPending(s.State)).Sum(s => s.Amount)))];
    }

    /// <summary>The lines that wait, the next to become payable first.</summary>
    public static Task<List<EarningRow>> PendingAsync(Work work, PartnerId partner, int rows, CancellationToken ct) =>
        work.Db.Set<EarningRow>()
            .Where(e => e.PartnerId == partner && (e.State == EarningState.Accrued || e.State == EarningState.Approved || e.State == EarningState.OnHold || e.State == EarningState.Disputed))
            .OrderBy(e => e.HoldUntil == null).ThenBy(e => e.HoldUntil).ThenBy(e => e.Id).Take(rows).ToListAsync(ct);

    /// <summary>Whether a line waits for something.</summary>
    public static bool IsPending(EarningState state) => state is EarningState.Accrued or EarningState.Approved or EarningState.OnHold or EarningState.Disputed;

    /// <summary>What a line waits for, or what became of it, in one sentence.</summary>
    public static string Status(EarningState state, DateOnly? holdUntil, string? reason, DateTime? paidAt) => state switch
    {
        EarningState.Accrued => $"The hold period of the plan ends on {holdUntil:d MMM yyyy}; then it is payable.",
        EarningState.Approved => $"Confirmed; payable from {holdUntil:d MMM yyyy}.",
        EarningState.OnHold when holdUntil is { } until => $"On hold until {until:d MMM yyyy}: {reason}",
        EarningState.OnHold => $"On hold: {reason}",
        EarningState.Disputed => $"Disputed by the partner: {reason}",
        EarningState.Payable => "Payable: it goes into the next payout.",
        EarningState.InBatch => "In a payout that is being made.",
        EarningState.Paid when paidAt is { } at => $"Paid on {at:d MMM yyyy}.",
        EarningState.Paid => "Paid.",
        _ => $"Taken back: {reason}",
    };
}
