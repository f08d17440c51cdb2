using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>The differences of a run as CSV.</summary>
internal static class RunExport
{
    private static readonly string[] Header = ["Deal", "Customer", "Partner", "Decided", "Amount", "Currency", "Was", "By rule", "Days", "Would be", "By rule of the draft", "Days of the draft", "Besides", "For the partner"];

    public static async Task WriteAsync(HttpContext http, Work work, RuleRunId run, Effect? effect)
    {
        if (await RunPages.FindAsync(work, run, http.RequestAborted) is { Ok: false } missing)
        {
            await missing.Problem.ToResult().ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"differences.csv\"";
        await Csv.WriteAsync(http.Response.Body, Header, LinesAsync(work, run, effect, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, RuleRunId run, Effect? effect, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await RunPages.DifferencesAsync(work, run, effect, null, new Paging(cursor, 200), ct);
            foreach (var l in page.Items)
                yield return
                [
                    l.Deal.ToString(), l.Customer, l.PartnerName, l.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), new Money(l.Amount, l.Currency).Major.ToString(CultureInfo.InvariantCulture), l.Currency,
                    Words.Label(l.FromOutcome), l.FromRule, l.FromDays?.ToString(CultureInfo.InvariantCulture), Words.Label(l.ToOutcome), l.ToRule, l.ToDays?.ToString(CultureInfo.InvariantCulture), l.Besides, Words.Label(l.Effect),
                ];
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
