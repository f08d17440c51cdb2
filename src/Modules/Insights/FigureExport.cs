using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>The rows behind a figure as CSV, for the vendor and, limited to its own, for a partner.</summary>
internal static class FigureExport
{
    public static void Map(IEndpointRouteBuilder web)
    {
        foreach (var face in new[] { "app/analytics", "portal/performance" })
        {
            web.MapGet($"/{face}/rows.csv", WriteAsync).Requires(InsightsPermissions.View).ForAmounts().ExcludeFromDescription();
            web.MapGet($"/{face}/motions.csv", MotionsAsync).Requires(InsightsPermissions.View).ForAmounts().ExcludeFromDescription();
        }

        web.MapGet("/app/analytics/attribution.csv", BoardAsync).Requires(InsightsPermissions.View).ForAmounts().ExcludeFromDescription();
    }

    // As many partners as the list of contributions of the API gives at most.
    private const int MostPartners = 500;

    private static async Task<IResult> BoardAsync(Work work, [AsParameters] InsightsApi.Asked asked, CancellationToken ct)
    {
        var models = Enum.GetValues<CreditModel>();
        var rows = await PartnerBoard.TopAsync(work, asked.Scope(work), MostPartners, ct);
        return Csv.File("credit-by-partner.csv", ["Partner", "Tier", .. models.Select(ModelWords.Label), "Currency", "Won deals", "Id"],
            rows.Select(r => (string?[])[r.Name, Words.Label(r.Tier), .. r.Credited.Select(c => Csv.Amount(c, work.Actor.Currency)), work.Actor.Currency, Csv.Figure(r.Won), r.Partner.ToString()]), ct);
    }

    private static async Task<IResult> MotionsAsync(Work work, [AsParameters] InsightsApi.Asked asked, CancellationToken ct)
    {
        var rows = await Figures.OfMotionsAsync(work, asked.Scope(work) with { Partner = work.Actor.Partner ?? asked.Partner }, ct);
        return Csv.File("by-motion.csv", ["Motion", .. Metric.All.Select(m => m.Name), "Currency"],
            rows.Select(r => (string?[])[Flow.FlowLook.Motion(r.Motion), .. r.Figures.Select(f => Csv.Amount(f?.Amount ?? 0, work.Actor.Currency)), work.Actor.Currency]), ct);
    }

    private static async Task WriteAsync(HttpContext http, Work work, string? metric, [AsParameters] InsightsApi.Asked asked, CancellationToken ct)
    {
        if (Metric.Find(metric) is not { } found)
        {
            http.Response.StatusCode = 404;
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{found.Slug}.csv\"";
        await Csv.WriteAsync(http.Response.Body, ["Deal", "Title", "Customer", "Partners", "Role", "Closed on", "Deal amount", "Counted amount", "Currency"], RowsAsync(work, found, asked, ct), ct);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, Metric metric, InsightsApi.Asked asked, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var paging = new Paging(null, 200);
        while (true)
        {
            var page = await FigureRows.FindAsync(work, metric, asked.Scope(work), paging, ct);
            foreach (var row in page.Items)
            {
                yield return [row.Deal.ToString(), row.Title, row.CustomerName, row.Partners, row.Role, row.ClosedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    Major(row.DealAmount, row.Currency), Major(row.CountedAmount, row.Currency), row.Currency];
            }

            if (page.Next is null) yield break;
            paging = paging with { Cursor = page.Next };
        }
    }

    private static string Major(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);
}
