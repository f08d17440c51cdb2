using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>One row behind a figure: a deal, and for credited figures the partner's part of it.</summary>
internal sealed record FigureRow(DealId Deal, string Title, string CustomerName, string Partners, string Role, DateOnly? ClosedOn, long DealAmount, long CountedAmount, string Currency);

/// <summary>The rows behind a figure. Their counted amounts add up to it.</summary>
internal static class FigureRows
{
    public static async Task<Page<FigureRow>> FindAsync(Work work, Metric metric, Scope scope, Paging paging, CancellationToken ct)
    {
        // All rows of a deal carry its amount, and an index holds them in this order: the first page reads no more than it shows.
        var rows = Figures.RowsBehind(work, metric, scope);
        if (DealSights.Hidden(work) is { } hidden) rows = rows.Where(c => !hidden.Contains(c.DealId));
        var grouped = rows.GroupBy(c => new { c.DealAmount, c.DealId });
        if (scope.Motion is { } word)
        {
            var motion = Words.Parse<Motion>(word);
            grouped = grouped.Where(g => g.Min(c => c.Motion) == motion);
        }

        var counted = grouped.Select(g => new
        {
            Deal = g.Key.DealId,
            g.Key.DealAmount,
            Credited = g.Sum(c => c.CreditedAmount),
            ClosedOn = g.Max(c => c.ClosedOn),
        });
        var page = await counted.PageAsync(c => c.DealAmount, c => c.Deal, true, paging, ct);
        var deals = page.Items.Select(i => i.Deal).ToList();
        var titles = await work.Db.Set<DealRow>().Where(d => deals.Contains(d.Id)).Select(d => new { d.Id, d.Title, d.CustomerName }).ToDictionaryAsync(d => d.Id, ct);
        var credits = await Figures.RowsBehind(work, metric, scope).Where(c => deals.Contains(c.DealId)).Select(c => new { c.DealId, c.PartnerId, c.Role }).ToListAsync(ct);
        var names = await PartnerNames.OfAsync(work, credits.Select(c => c.PartnerId), ct);
        var byDeal = credits.ToLookup(c => c.DealId);
        return page.Select(i => new FigureRow(
            i.Deal, titles.GetValueOrDefault(i.Deal)?.Title ?? "", titles.GetValueOrDefault(i.Deal)?.CustomerName ?? "",
            string.Join(", ", byDeal[i.Deal].Select(c => names.GetValueOrDefault(c.PartnerId, "another partner"))),
            string.Join(", ", byDeal[i.Deal].Select(c => Words.Label(c.Role)).Distinct()),
            i.ClosedOn, i.DealAmount, metric.IsCredited ? i.Credited : i.DealAmount, work.Actor.Currency));
    }
}
