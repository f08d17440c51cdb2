using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>The list as a file: the same filters, all rows.</summary>
internal static class PartnerExport
{
    private static readonly string[] Header = ["Partner", "Id", "Type", "Motions", "Status", "Status since", "Tier", "Country", "Region", "Manager", "Partner since"];

    public static void Map(IEndpointRouteBuilder web) =>
        web.MapGet("/app/partners/export.csv", ExportAsync).Requires(PartnersPermissions.View).ExcludeFromDescription();

    private static IResult ExportAsync(Work work, [AsParameters] PartnerQuery query, CancellationToken ct)
    {
        var filter = query.Read();
        return Results.Stream(stream => Csv.WriteAsync(stream, Header, RowsAsync(work, filter, ct), ct), "text/csv; charset=utf-8", $"partners-{work.Today:yyyy-MM-dd}.csv");
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, PartnerFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var p in PartnerList.AllAsync(work, filter, ct))
        {
            yield return
            [
                p.Name, p.Id.ToString(), PartnerWords.Label(p.MainType), string.Join(", ", p.Motions.Select(PartnerWords.Label)), Words.Label(p.State), p.StateSince.ToString("yyyy-MM-dd"),
                Words.Label(p.Tier), p.Country, p.Region, p.ManagerName, p.Since.ToString("yyyy-MM-dd"),
            ];
        }
    }
}
