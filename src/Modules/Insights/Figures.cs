using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>What a figure is asked for.</summary>
internal sealed record Scope(Window Window, PartnerId? Partner = null, CreditModel Model = CreditModel.AgreedSplit);

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

/// <summary>A figure of one month.</summary>
internal sealed record MonthFigure(int Month, long Amount, int Deals);

/// <summary>The one computation of every metric. The rows behind a figure are <see cref="RowsBehind"/>, and the figure is their sum.</summary>
internal static class Figures
{
    public static async Task<Figure> OfAsync(Work work, Metric metric, Scope scope, CancellationToken ct)
    {
        var sum = await Counted(work, metric, scope).GroupBy(r => 1).Select(g => new { Amount = g.Sum(r => r.Amount), Deals = g.Count() }).SingleOrDefaultAsync(ct);
        return new Figure(metric.Id, sum?.Amount ?? 0, sum?.Deals ?? 0, work.Actor.Currency, Words.Of(scope.Model),
            metric.IsPipeline ? null : scope.Window.From, metric.IsPipeline ? null : scope.Window.To, work.Now);
    }

    /// <summary>Month by month, without gaps, for metrics of closed deals.</summary>
    public static async Task<IReadOnlyList<MonthFigure>> ByMonthAsync(Work work, Metric metric, Scope scope, CancellationToken ct)
    {
        var found = await Counted(work, metric, scope).GroupBy(r => r.Month)
            .Select(g => new MonthFigure(g.Key, g.Sum(r => r.Amount), g.Count())).ToListAsync(ct);
        var byMonth = found.ToDictionary(m => m.Month);
        return [.. Months(scope.Window).Select(m => byMonth.GetValueOrDefault(m) ?? new MonthFigure(m, 0, 0))];
    }

    /// <summary>The credit rows that a metric counts, before deals are de-duplicated.</summary>
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
        return metric.Rows(rows);
    }

    // Several partners on one deal: the gross amount counts once; credited parts add up.
    private static IQueryable<DealPart> Counted(Work work, Metric metric, Scope scope)
    {
        var rows = RowsBehind(work, metric, scope);
        return metric.IsCredited
            ? rows.GroupBy(c => new { c.DealId, c.Month }).Select(g => new DealPart { Month = g.Key.Month, Amount = g.Sum(c => c.CreditedAmount) })
            : rows.Select(c => new { c.DealId, c.Month, c.DealAmount }).Distinct().Select(c => new DealPart { Month = c.Month, Amount = c.DealAmount });
    }

    private static IEnumerable<int> Months(Window window)
    {
        for (var day = new DateOnly(window.From.Year, window.From.Month, 1); day <= window.To; day = day.AddMonths(1)) yield return (day.Year * 100) + day.Month;
    }

    private sealed class DealPart
    {
        public int Month { get; init; }
        public long Amount { get; init; }
    }
}
