using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Downloads, the end of a look, and SCIM.</summary>
internal static class PeopleRoutes
{
    private const int MostRows = 1_000_000;

    public static void Map(IEndpointRouteBuilder web)
    {
        ScimRoutes.Map(web);
        web.MapPost("/view-as/end", EndAsync).WithMetadata(new RequireAntiforgeryTokenAttribute(), new WhileLooking()).ExcludeFromDescription();
        web.MapGet("/app/audit/export.csv", ExportAsync).Requires(IdentityPermissions.ViewAudit).ExcludeFromDescription();
        web.MapGet("/app/people/{person}/personal-data.zip", async (ExportPersonalData export, PersonId person, CancellationToken ct) => File(await export.RunAsync(person, ct)))
            .Requires(IdentityPermissions.HandlePersonalData).ExcludeFromDescription();
        foreach (var face in new[] { "app", "portal" })
        {
            web.MapGet($"/{face}/me/personal-data.zip", async (ExportPersonalData export, Work work, CancellationToken ct) => File(await export.RunAsync(work.Actor.Person, ct)))
                .Requires(IdentityPermissions.UseTokens).WithMetadata(new OwnOnlyAttribute()).ExcludeFromDescription();
        }
    }

    public static IResult File(Result<PersonalFile> file) => file.Ok ? Results.File(file.Value.Zip, "application/zip", file.Value.Name) : file.Problem.ToResult();

    // Whoever looks is the viewed person for this request, so the row is asked for by the cookie and ended as the one who began.
    private static async Task<IResult> EndAsync(HttpContext http, Looking looking, CurrentActor current, Db db, EndViewing end, TimeProvider clock, CancellationToken ct)
    {
        var id = looking.Current(http);
        looking.Drop(http);
        if (id is not { } one || current.Actor.ViewedBy is null) return Results.Redirect("/");
        var viewer = await db.Set<Viewing>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(v => v.Id == one).Select(v => new { v.ViewerId, v.ViewerName }).SingleOrDefaultAsync(ct);
        if (viewer is null) return Results.Redirect("/");
        current.Actor = Actor.System(current.Actor.Tenant, viewer.ViewerName) with { Person = viewer.ViewerId };
        await end.RunAsync(one, ct);
        return Results.Redirect("/app/view-as");
    }

    private static IResult ExportAsync(Work work, HttpContext http, [AsParameters] AuditFilter filter) => Results.Stream(
        to => Csv.WriteAsync(to, ["When (UTC)", "Who", "Kind", "Partner", "Action", "Record kind", "Record", "Changes"], RowsAsync(work, filter, http.RequestAborted), http.RequestAborted),
        "text/csv; charset=utf-8", $"audit-{work.Today:yyyy-MM-dd}.csv");

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(Work work, AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (cursor, rows) = ((string?)null, 0);
        do
        {
            var page = await AuditList.FindAsync(work, filter, new Paging(cursor, 200), ct);
            foreach (var a in page.Items)
                yield return [a.At.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture), a.Actor, a.ActorKind, a.Partner?.ToString(), a.Action, a.SubjectKind, a.Subject, a.Changes];
            (cursor, rows) = (page.Next, rows + page.Items.Count);
        }
        while (cursor is not null && rows < MostRows);
    }
}
