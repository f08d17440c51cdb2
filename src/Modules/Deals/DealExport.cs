using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>The list as CSV: the same filter, the same sight, page by page, so that a large export stays small in memory.</summary>
internal static class DealExport
{
    private const int Rows = 200;

    private static readonly string[] Header =
        ["Deal", "Title", "Customer", "Partner", "Product", "Motion", "Status", "Reason", "Amount", "Currency", "Won amount", "In reports", "Expected close", "Registered", "Protected until"];

    public static async Task WriteAsync(HttpContext http, Work work, CustomFields fields, DealFilter filter)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"deals.csv\"";
        var own = await fields.OfAsync("deals", http.RequestAborted);
        await Csv.WriteAsync(http.Response.Body, [.. Header, .. own.Select(f => f.Label)], LinesAsync(work, fields, own, filter, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, CustomFields fields, IReadOnlyList<CustomField> own, DealFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await DealList.FindAsync(work, filter, new Paging(cursor, Rows), ct);
            var table = await fields.TableAsync("deals", page.Items.Select(l => l.Id.ToString()), ct);
            foreach (var line in page.Items) yield return [.. Cells(line, work.Settings.Currency), .. own.Select(f => table.Cell(line.Id.ToString(), f))];
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string?[] Cells(DealLine l, string main) =>
    [
        l.Id.ToString(), l.Title, l.CustomerName, l.PartnerName, l.ProductName, l.Motion is { } motion ? PartnerWords.Label(motion) : null, DealLifecycle.Label(l.State), l.Reason is { } reason ? Published.ReasonCodes.Label(reason) : null,
        l.Amount is { } amount ? Major(amount, l.Currency) : null, l.Currency, l.WonAmount is { } won ? Major(won, l.Currency) : null,
        l.MainAmount is not { } worth ? null : l.NoRate ? "no rate" : Major(worth, main),
        Day(l.ExpectedClose), Day(DateOnly.FromDateTime(l.SubmittedAt ?? l.CreatedAt)), Day(l.ExpiresOn),
    ];

    private static string Major(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
