using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The list of sessions as a file: the same filters, all rows.</summary>
internal static class SessionExport
{
    private static readonly string[] Header = ["Person", "Organisation", "Device", "Address", "Signed in by", "Signed in", "Last seen"];

    public static void Map(IEndpointRouteBuilder web) => web.MapGet("/app/sessions.csv", Export).Requires(IdentityPermissions.ManageSessions).ExcludeFromDescription();

    private static IResult Export(Work work, string? q, string? side, string? by, CancellationToken ct) =>
        Results.Stream(stream => Csv.WriteAsync(stream, Header, RowsAsync(work, q, side, by, ct), ct), "text/csv; charset=utf-8", $"sessions-{work.Today:yyyy-MM-dd}.csv");

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, string? q, string? side, string? by, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var s in SessionList.Find(work, q, side, by).OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).AsAsyncEnumerable().WithCancellation(ct))
            yield return [s.Name, s.PartnerName ?? work.Actor.TenantName, s.Device, s.Address, SignInWords.By(s.By, s.TwoFactors), s.Since.ToString("yyyy-MM-dd HH:mm"), s.SeenAt.ToString("yyyy-MM-dd HH:mm")];
    }
}
