using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>A figure beside the same figure of the window before.</summary>
internal sealed record Compared(Metric Metric, Figure Now, Figure? Before)
{
    /// <summary>Relative change; not available where there was nothing before.</summary>
    public double? Change => Before is { Amount: > 0 } b ? ((double)Now.Amount / b.Amount) - 1 : null;
}

/// <summary>What a dashboard shows; each number comes from <see cref="Figures"/>.</summary>
internal sealed record Dashboard(
    IReadOnlyList<Compared> Figures, IReadOnlyList<MonthFigure> Sourced, IReadOnlyList<MonthFigure> Influenced)
{
    /// <summary>Deals whose currency has no rate for their day: they count in none of the figures.</summary>
    public int WithoutRate { get; init; }

    public static async Task<Dashboard> ReadAsync(Work work, Scope scope, CancellationToken ct)
    {
        var now = await Insights.Figures.OfAsync(work, Metric.All, scope, ct);
        var closed = Metric.All.Where(m => !m.IsPipeline).ToList();
        var before = scope.Window.Before is { } earlier ? (await Insights.Figures.OfAsync(work, closed, scope with { Window = earlier }, ct)).ToDictionary(f => f.Metric) : [];
        var compared = Metric.All.Zip(now, (metric, figure) => new Compared(metric, figure, before.GetValueOrDefault(metric.Id))).ToList();
        var sourced = await Insights.Figures.ByMonthAsync(work, Metric.Sourced, scope, ct);
        var influenced = await Insights.Figures.ByMonthAsync(work, Metric.InfluencedCredited, scope, ct);
        // All time begins with the first deal.
        var empty = scope.Window.Name == "all" ? sourced.Zip(influenced).TakeWhile(m => m.First.Deals + m.Second.Deals == 0).Count() : 0;
        return new Dashboard(compared, [.. sourced.Skip(empty)], [.. influenced.Skip(empty)])
        {
            WithoutRate = await WithoutRateAsync(work, ct),
        };
    }

    /// <summary>Deals whose currency has no rate for their day, of those that the actor sees.</summary>
    public static Task<int> WithoutRateAsync(Work work, CancellationToken ct) => work.Db.Set<DealRow>().CountAsync(d => d.NoRate && d.State != DealState.Draft, ct);
}
