using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>Receipts as files, lists as CSV, and what is published for everybody as JSON.</summary>
internal static class ReceiptDownloads
{
    private static readonly string[] Header = ["At", "What for", "Record", "Partner", "Number", "Receipt"];

    public static void Map(IEndpointRouteBuilder web)
    {
        foreach (var face in new[] { "/app/receipts", "/portal/receipts" })
        {
            web.MapGet(face + "/{id}/file", FileAsync).Requires(ReceiptsPermissions.View).ExcludeFromDescription();
            web.MapGet(face + "/export.csv", Export).Requires(ReceiptsPermissions.View).ExcludeFromDescription();
        }

        web.MapGet("/receipts/keys.json", async (Db db, CancellationToken ct) => Results.Json(await PublicLists.KeysAsync(db, ct), Json.Options)).AllowAnonymous().ExcludeFromDescription();
        web.MapGet("/receipts/roots.json", async (Db db, ITenants tenants, string? issuer, CancellationToken ct) => Results.Json((await PublicLists.RootsAsync(db, tenants, issuer, ct)).Roots, Json.Options))
            .AllowAnonymous().ExcludeFromDescription();
        Verifier.VerifierPage.Map(web);
    }

    public static async Task<IResult> FileAsync(Work work, ReceiptId id, CancellationToken ct)
    {
        var found = await ReceiptRecord.LoadAsync(work, id, ct);
        return found.Ok ? Results.File(Encoding.UTF8.GetBytes(found.Value.File), "application/json", $"{id}.json") : found.Problem.ToResult();
    }

    private static IResult Export(Work work, string? q, string? kind, string? partner, string? subject, CancellationToken ct)
    {
        var filter = ReceiptFilter.Read(q, kind, partner, subject);
        return Results.Stream(stream => Csv.WriteAsync(stream, Header, RowsAsync(work, filter, ct), ct), "text/csv; charset=utf-8", $"receipts-{work.Today:yyyy-MM-dd}.csv");
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, ReceiptFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var r in ReceiptList.AllAsync(work, filter, ct))
            yield return [Statements.Time(r.At), Words.Label(r.Kind), r.Title, r.PartnerName, r.Sequence?.ToString(System.Globalization.CultureInfo.InvariantCulture), r.Id.ToString()];
    }
}
