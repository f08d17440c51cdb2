using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>Earning lines as a file, for the vendor and for a partner alike: the same filters, all rows, one column for each input of the amount.</summary>
internal static class EarningExport
{
    private static readonly string[] Header =
        ["Won on", "Deal", "Partner", "Kind", "Role", "Share %", "Tier", "Motion of the tier", "Plan", "Rate %", "Deal value", "Your part", "Earning", "Currency", "Status", "Explanation", "Payable from", "Paid on", "Line"];

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/incentives/earnings/export.csv", ExportAsync).Requires(IncentivesPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/earnings/export.csv", ExportAsync).Requires(IncentivesPermissions.View).ForAmounts().ExcludeFromDescription();
    }

    private static IResult ExportAsync(Work work, string? q, string? partner, string? state, string? currency, string? deal, string? sort, CancellationToken ct)
    {
        var filter = EarningFilter.Read(q, partner, state, currency, deal, sort);
        return Results.Stream(stream => Csv.WriteAsync(stream, Header, RowsAsync(work, filter, ct), ct), "text/csv; charset=utf-8", $"earnings-{work.Today:yyyy-MM-dd}.csv");
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, EarningFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var e in EarningList.AllAsync(work, filter, ct))
        {
            yield return
            [
                e.WonAt.ToString("yyyy-MM-dd"), e.DealTitle, e.PartnerName, Words.Label(e.Kind), Words.Label(e.Role), Number(e.ShareBasisPoints), Words.Label(e.Tier), e.TierMotion is { } motion ? PartnerWords.Label(motion) : null, e.PlanNumber.ToString(), Number(e.RateBasisPoints),
                Amount(e.DealAmount, e.Currency), Amount(e.BaseAmount, e.Currency), Amount(e.Amount, e.Currency), e.Currency, Words.Label(e.State), e.Status,
                e.HoldUntil?.ToString("yyyy-MM-dd"), e.PaidAt?.ToString("yyyy-MM-dd"), e.Id.ToString(),
            ];
        }
    }

    private static string Number(int basisPoints) => (basisPoints / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static string Amount(long minor, string currency) => new Money(minor, currency).Major.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
