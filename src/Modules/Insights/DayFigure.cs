using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>What a metric counts on one day, all partners together; kept with the credit rows in their transaction.</summary>
internal sealed class DayFigure : ITenantOwned, IUnaudited
{
    /// <summary>The day of what is open: outside every window.</summary>
    public static readonly DateOnly Open = new(1, 1, 1);

    public TenantId TenantId { get; init; }
    public CreditModel Model { get; init; }

    /// <summary>The identifier of the metric.</summary>
    public required string Metric { get; init; }

    public DateOnly Day { get; init; }

    /// <summary>The motion of the deals; <see cref="Flow.FlowDay.NoMotion"/> where they have none.</summary>
    public string Motion { get; init; } = Flow.FlowDay.NoMotion;

    /// <summary>Year and month of the day, as in the credit rows; 0 for what is open.</summary>
    public int Month { get; init; }

    public long Amount { get; set; }

    /// <summary>Deals, each once.</summary>
    public int Deals { get; set; }
}

/// <summary>Keeps <see cref="DayFigure"/>: credit is replaced deal by deal, so a day changes by what its deals give now less what they gave before.</summary>
internal static class DayFigures
{
    /// <summary>The sums of whole deals: every row of a deal and model is among the rows, or none.</summary>
    public static IReadOnlyList<DayFigure> Of(TenantId tenant, IEnumerable<Credit> rows) => [.. Sums(rows).Select(s => Row(tenant, s.Key, s.Value))];

    /// <summary>Corrects the days of deals whose rows were replaced. The last thing that a transaction does: from here on it is alone with the figures of its tenant.</summary>
    public static async Task ChangeAsync(Work work, IEnumerable<Credit> before, IEnumerable<Credit> after, CancellationToken ct)
    {
        var change = Sums(after);
        foreach (var (key, (amount, deals)) in Sums(before))
        {
            var now = change.GetValueOrDefault(key);
            change[key] = (now.Amount - amount, now.Deals - deals);
        }

        var moved = change.Where(c => c.Value != default).ToList();
        if (moved.Count == 0) return;
        await work.LockAsync("insights.day_figures", ct);
        // Read anew under the lock, and not as this context remembers it.
        var days = moved.Select(m => m.Key.Day).Distinct().ToArray();
        var kept = await work.Db.Set<DayFigure>().Where(d => days.Contains(d.Day)).ToDictionaryAsync(d => (d.Model, d.Metric, d.Day, d.Motion), ct);
        foreach (var (key, (amount, deals)) in moved)
        {
            if (kept.TryGetValue(key, out var row)) (row.Amount, row.Deals) = (row.Amount + amount, row.Deals + deals);
            else work.Db.Add(Row(work.Tenant, key, (amount, deals)));
        }
    }

    private static Dictionary<(CreditModel Model, string Metric, DateOnly Day, string Motion), (long Amount, int Deals)> Sums(IEnumerable<Credit> rows)
    {
        var sums = new Dictionary<(CreditModel, string, DateOnly, string), (long Amount, int Deals)>();
        foreach (var deal in rows.Where(r => r.Outcome != Outcome.Ended).GroupBy(r => (r.DealId, r.Model)))
        {
            foreach (var metric in Metric.All)
            {
                var counted = deal.Where(metric.Holds).ToList();
                if (counted.Count == 0) continue;
                // Several partners on one deal: the gross amount counts once; credited parts add up.
                var amount = metric.IsCredited ? counted.Sum(c => c.CreditedAmount) : counted[0].DealAmount;
                var key = (deal.Key.Model, metric.Id, counted[0].ClosedOn ?? DayFigure.Open, FirstOf(counted));
                var (sum, deals) = sums.GetValueOrDefault(key);
                sums[key] = (sum + amount, deals + 1);
            }
        }

        return sums;
    }

    // As the database's smallest: words in their order, what has none last.
    private static string FirstOf(IEnumerable<Credit> counted) => counted.Select(c => c.Motion).OfType<Motion>().Select(m => Words.Of(m)).Min(StringComparer.Ordinal) ?? Flow.FlowDay.NoMotion;

    public static string Word(Motion? motion) => motion is { } known ? Words.Of(known) : Flow.FlowDay.NoMotion;

    private static DayFigure Row(TenantId tenant, (CreditModel Model, string Metric, DateOnly Day, string Motion) key, (long Amount, int Deals) sum) => new()
    {
        TenantId = tenant,
        Model = key.Model,
        Metric = key.Metric,
        Day = key.Day,
        Motion = key.Motion,
        Month = key.Day == DayFigure.Open ? 0 : (key.Day.Year * 100) + key.Day.Month,
        Amount = sum.Amount,
        Deals = sum.Deals,
    };
}
