using System.Globalization;
using Microsoft.AspNetCore.Builder;
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
            web.MapGet($"/{face}/rows.csv", WriteAsync).Requires(InsightsPermissions.View).ExcludeFromDescription();
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
