using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>What a figure is asked for.</summary>
internal sealed record Scope(Window Window, PartnerId? Partner = null, CreditModel Model = CreditModel.AgreedSplit)
{
    /// <summary>Only deals of this motion, or of none: <c>none</c>.</summary>
    public string? Motion { get; init; }
}

/// <summary>A figure with what makes it reproducible.</summary>
/// <param name="Metric">Its identifier.</param>
/// <param name="Amount">The sum, minor units.</param>
/// <param name="Deals">How many deals it counts; each once.</param>
/// <param name="Currency">The tenant's currency.</param>
/// <param name="Model">The attribution model.</param>
/// <param name="From">First day of the window; null for a pipeline.</param>
/// <param name="To">Last day of the window; null for a pipeline.</param>
/// <param name="AsOf">When it was computed.</param>
internal sealed record Figure(string Metric, long Amount, int Deals, string Currency, string Model, DateOnly? From, DateOnly? To, DateTime AsOf);

/// <summary>A figure of one motion; all motions of a figure add up to it.</summary>
/// <param name="Motion">That of the deals’ <see cref="Credit.Motion"/>, <c>none</c> where the holder had no active selling motion; of several in one deal the first by its word, so that a deal counts once.</param>
internal sealed record MotionSum(string Motion, long Amount, int Deals);

/// <summary>A figure of one month.</summary>
internal sealed record MonthFigure(int Month, long Amount, int Deals);

/// <summary>
/// The one computation of every metric. The rows behind a figure are <see cref="RowsBehind"/>, and the figure is their sum; of all partners together it is kept day by day
/// (<see cref="DayFigures"/>), so that it costs the same however many deals there are.
/// </summary>
internal static class Figures
{
    public static async Task<Figure> OfAsync(Work work, Metric metric, Scope scope, CancellationToken ct) => (await OfAsync(work, [metric], scope, ct))[0];

    /// <summary>Several metrics of one scope, in the order asked.</summary>
    public static async Task<IReadOnlyList<Figure>> OfAsync(Work work, IReadOnlyList<Metric> metrics, Scope scope, CancellationToken ct)
    {
        var sums = await SumsAsync(work, metrics, scope, ct);
        return [.. metrics.Select(m => new Figure(m.Id, sums.GetValueOrDefault(m.Id)?.Amount ?? 0, sums.GetValueOrDefault(m.Id)?.Deals ?? 0, work.Actor.Currency, Words.Of(scope.Model),
            m.IsPipeline ? null : scope.Window.From, m.IsPipeline ? null : scope.Window.To, work.Now))];
    }

    /// <summary>Month by month, without gaps, for metrics of closed deals.</summary>
    public static async Task<IReadOnlyList<MonthFigure>> ByMonthAsync(Work work, Metric metric, Scope scope, CancellationToken ct)
    {
        var found = await (IsOfAll(work, scope)
            ? Days(work, [metric], scope).GroupBy(d => d.Month).Select(g => new MonthFigure(g.Key, g.Sum(d => d.Amount), g.Sum(d => d.Deals)))
            : Counted(work, metric, scope).GroupBy(r => r.Month).Select(g => new MonthFigure(g.Key, g.Sum(r => r.Amount), g.Count()))).ToListAsync(ct);
        // A day on which the last deal was taken back stays with nothing.
        var byMonth = found.ToDictionary(m => m.Month);
        return [.. Months(scope.Window).Select(m => byMonth.GetValueOrDefault(m) ?? new MonthFigure(m, 0, 0))];
    }

    /// <summary>All figures, motion by motion, as a table shows them.</summary>
    public static async Task<IReadOnlyList<(string Motion, MotionSum?[] Figures)>> OfMotionsAsync(Work work, Scope scope, CancellationToken ct)
    {
        var byMetric = (await ByMotionAsync(work, Metric.All, scope, ct)).Select(m => m.ToDictionary(f => f.Motion)).ToList();
        return [.. byMetric.SelectMany(m => m.Keys).Distinct().Order(StringComparer.Ordinal).Select(motion => (motion, byMetric.Select(m => m.GetValueOrDefault(motion)).ToArray()))];
    }

    /// <summary>The figure motion by motion, the largest first.</summary>
    public static async Task<IReadOnlyList<MotionSum>> ByMotionAsync(Work work, Metric metric, Scope scope, CancellationToken ct) => (await ByMotionAsync(work, [metric], scope, ct))[0];

    /// <summary>Several metrics motion by motion, in the order asked.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<MotionSum>>> ByMotionAsync(Work work, IReadOnlyList<Metric> metrics, Scope scope, CancellationToken ct)
    {
        if (IsOfAll(work, scope))
        {
            var days = await Days(work, metrics, scope).GroupBy(d => new { d.Metric, d.Motion }).Select(g => new { g.Key.Metric, Sum = new MotionSum(g.Key.Motion, g.Sum(d => d.Amount), g.Sum(d => d.Deals)) }).ToListAsync(ct);
            return [.. metrics.Select(m => Ordered(days.Where(d => d.Metric == m.Id && d.Sum.Deals != 0).Select(d => d.Sum)))];
        }

        var sums = new List<IReadOnlyList<MotionSum>>();
        foreach (var metric in metrics)
        {
            var rows = await Counted(work, metric, scope).GroupBy(r => r.Motion).Select(g => new { g.Key, Amount = g.Sum(r => r.Amount), Deals = g.Count() }).ToListAsync(ct);
            sums.Add(Ordered(rows.Select(r => new MotionSum(DayFigures.Word(r.Key), r.Amount, r.Deals))));
        }

        return sums;
    }

    private static IReadOnlyList<MotionSum> Ordered(IEnumerable<MotionSum> sums) => [.. sums.OrderByDescending(s => s.Amount).ThenBy(s => s.Motion, StringComparer.Ordinal)];

    private static async Task<Dictionary<string, Sum>> SumsAsync(Work work, IReadOnlyList<Metric> metrics, Scope scope, CancellationToken ct)
    {
        if (IsOfAll(work, scope))
            return await Days(work, metrics, scope).GroupBy(d => d.Metric).Select(g => new { g.Key, Sum = new Sum(g.Sum(d => d.Amount), g.Sum(d => d.Deals)) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        // One statement for all of them.
        var rows = await metrics.Select(m => SumOf(m.Id, Counted(work, m, scope))).Aggregate((all, next) => all.Concat(next)).ToListAsync(ct);
        return rows.ToDictionary(r => r.Metric, r => new Sum(r.Amount, r.Deals));
    }

    private static IQueryable<MetricSum> SumOf(string metric, IQueryable<DealPart> rows) =>
        rows.GroupBy(r => 1).Select(g => new MetricSum { Metric = metric, Amount = g.Sum(r => r.Amount), Deals = g.Count() });

    private static bool IsOfAll(Work work, Scope scope) => scope.Partner is null && !work.Actor.IsPartner;

    // What is open has a day of its own, outside every window.
    private static IQueryable<DayFigure> Days(Work work, IReadOnlyList<Metric> metrics, Scope scope)
    {
        var (model, from, to) = (scope.Model, scope.Window.From, scope.Window.To);
        var ids = metrics.Select(m => m.Id).ToArray();
        var days = work.Db.Set<DayFigure>().AsNoTracking().Where(d => d.Model == model && ids.Contains(d.Metric));
        if (scope.Motion is { } motion) days = days.Where(d => d.Motion == motion);
        return metrics.All(m => m.IsPipeline) ? days.Where(d => d.Day == DayFigure.Open)
            : metrics.All(m => !m.IsPipeline) ? days.Where(d => d.Day >= from && d.Day <= to)
            : days.Where(d => d.Day == DayFigure.Open || (d.Day >= from && d.Day <= to));
    }

    /// <summary>The credit rows that a metric counts, before deals are de-duplicated and told apart by motion.</summary>
    public static IQueryable<Credit> RowsBehind(Work work, Metric metric, Scope scope)
    {
        var (model, outcome) = (scope.Model, metric.IsPipeline ? Outcome.Open : Outcome.Won);
        var rows = work.Db.Set<Credit>().AsNoTracking().Where(c => c.Model == model && c.Outcome == outcome);
        if (!metric.IsPipeline)
        {
            var (from, to) = (scope.Window.From, scope.Window.To);
            rows = rows.Where(c => c.ClosedOn >= from && c.ClosedOn <= to);
        }

        if (scope.Partner is { } partner) rows = rows.Where(c => c.PartnerId == partner);
        return rows.Where(metric.Counts);
    }

    // Several partners on one deal: the gross amount counts once; credited parts add up.
    private static IQueryable<DealPart> Counted(Work work, Metric metric, Scope scope)
    {
        var deals = RowsBehind(work, metric, scope).GroupBy(c => new { c.DealId, c.Month, c.DealAmount });
        if (scope.Motion is { } word)
        {
            var motion = Words.Parse<Motion>(word);
            deals = deals.Where(g => g.Min(c => c.Motion) == motion);
        }

        return metric.IsCredited
            ? deals.Select(g => new DealPart { Month = g.Key.Month, Motion = g.Min(c => c.Motion), Amount = g.Sum(c => c.CreditedAmount) })
            : deals.Select(g => new DealPart { Month = g.Key.Month, Motion = g.Min(c => c.Motion), Amount = g.Key.DealAmount });
    }

    private static IEnumerable<int> Months(Window window)
    {
        for (var day = new DateOnly(window.From.Year, window.From.Month, 1); day <= window.To; day = day.AddMonths(1)) yield return (day.Year * 100) + day.Month;
    }

    private sealed record Sum(long Amount, int Deals);

    private sealed class MetricSum
    {
        public string Metric { get; init; } = "";
        public long Amount { get; init; }
        public int Deals { get; init; }
    }

    private sealed class DealPart
    {
        public int Month { get; init; }
        public Motion? Motion { get; init; }
        public long Amount { get; init; }
    }
}
