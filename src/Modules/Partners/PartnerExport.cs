using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>The list as a file: the same filters, all rows.</summary>
internal static class PartnerExport
{
    private static readonly string[] Header =
    [
        "Partner", "Id", "Type", "Motions", "Status", "Status since", "Tier", "Country", "Region", "Manager", "Partner since",
        "Legal name", "Web site", "Description", "City", "Postcode", "Phone", "Employees", "Yearly revenue", "Languages", "Industries", "Competencies", "Status reason", "Tier since", "Manager’s address",
        "Motions in full", "Territories", "Technologies", "Lead capacity", "Project capacity", "Tags", "Main contact", "Contact’s address",
    ];

    public static void Map(IEndpointRouteBuilder web) =>
        web.MapGet("/app/partners/export.csv", ExportAsync).Requires(PartnersPermissions.View).ExcludeFromDescription();

    private static async Task<IResult> ExportAsync(Work work, CustomFields fields, HttpContext http, [AsParameters] PartnerQuery query, CancellationToken ct)
    {
        var filter = query.Read() with { Fields = await fields.ConditionsAsync("partners", FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync("partners", query.Sort, ct) };
        var own = await fields.OfAsync("partners", ct);
        return Results.Stream(stream => Csv.WriteAsync(stream, [.. Header, .. own.Select(f => f.Label)], RowsAsync(work, fields, own, filter, ct), ct), "text/csv; charset=utf-8", $"partners-{work.Today:yyyy-MM-dd}.csv");
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(
        Work work, CustomFields fields, IReadOnlyList<CustomField> own, PartnerFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        // Two hundred at a time, so that the custom fields are one question for all of them.
        var all = PartnerList.AllAsync(work, filter, ct);
        await foreach (var part in all.Chunk(200).WithCancellation(ct))
        {
            var more = await PartnerExtract.OfAsync(work, [.. part.Select(p => p.Id)], ct);
            var table = await fields.TableAsync("partners", part.Select(p => p.Id.ToString()), ct);
            foreach (var p in part)
            {
                yield return
                [
                    p.Name, p.Id.ToString(), PartnerWords.Label(p.MainType), string.Join(", ", p.Motions.Select(PartnerWords.Label)), Words.Label(p.State), p.StateSince.ToString("yyyy-MM-dd"),
                    Words.Label(p.Tier), p.Country, p.Region, p.ManagerName, p.Since.ToString("yyyy-MM-dd"), .. more[p.Id], .. own.Select(f => table.Cell(p.Id.ToString(), f)),
                ];
            }
        }
    }
}
