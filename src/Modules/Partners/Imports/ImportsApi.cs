using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Partners.Imports;

/// <summary>What the import of partners adds to the module.</summary>
internal static class ImportsApi
{
    public static void AddImports(this IServiceCollection services) => services
        .AddScoped<UploadPartnerImport>().AddScoped<RecordPartnerImport>().AddScoped<CheckPartnerImport>().AddScoped<StartPartnerImport>().AddScoped<StopPartnerImport>().AddScoped<TakeBackPartnerImport>()
        .AddScoped<WritePartnerRow>().AddScoped<RefusePartnerRow>().AddScoped<UndoPartnerRows>();

    public static Manifest WithImports(this Manifest manifest) => manifest
        .Permits(ImportPermissions.Import)
        .Lives(PartnerImportLifecycle.Machine)
        .Runs<RunPartnerImport>(RunPartnerImport.Kind)
        .Runs<UndoPartnerImport>(UndoPartnerImport.Kind)
        .Offers(new Offer("app", "Import partners", "/app/partners/imports", "file-import", ImportPermissions.Import, "upload csv xlsx spreadsheet companies"));

    public static void Map(IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/partner-imports").WithTags("Partners").ProducesProblem(403);
        imports.MapGet("/", ListAsync).WithName("ListPartnerImports").WithSummary("Imports of partners, the newest first").Produces<Page<PartnerImportItem>>().Requires(ImportPermissions.Import);
        imports.MapPost("/", UploadAsync).WithName("UploadPartnerImport").WithSummary("Upload a CSV file or a workbook (XLSX) of partners: its bytes are the body, its name the parameter name")
            .Accepts<IFormFile>("text/csv", "text/plain", "text/tab-separated-values", Xlsx.ContentType, "application/octet-stream").Produces<PartnerImportDetails>(201).ProducesProblem(422).Requires(ImportPermissions.Import);
        var one = imports.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetPartnerImport").WithSummary("One import with its counts and progress").Produces<PartnerImportDetails>().Requires(ImportPermissions.Import);
        one.MapPost("/check", CheckAsync).WithName("CheckPartnerImport").WithSummary("Say which column fills which field, and find out what every row would do").Produces<PartnerImportDetails>().ProducesProblem(409).ProducesProblem(422).Requires(ImportPermissions.Import);
        one.MapPost("/write", WriteAsync).WithName("WritePartnerImport").WithSummary("Write the rows, after a check").Produces<PartnerImportDetails>(202).ProducesProblem(409).Requires(ImportPermissions.Import);
        one.MapPost("/stop", StopAsync).WithName("StopPartnerImport").WithSummary("Stop after the row in hand").Produces<PartnerImportDetails>(202).Requires(ImportPermissions.Import);
        one.MapPost("/take-back", TakeBackAsync).WithName("TakeBackPartnerImport").WithSummary("Remove what it made and restore what it changed, unless changed or used since").Produces<PartnerImportDetails>(202).ProducesProblem(409).Requires(ImportPermissions.Import);
        one.MapGet("/rows", RowsAsync).WithName("ListPartnerImportRows").WithSummary("Rows with what they do or every reason why not; after is the last row number seen").Produces<IReadOnlyList<PartnerImportRowItem>>().Requires(ImportPermissions.Import);
        one.MapGet("/refused.csv", RefusedAsync).WithName("DownloadRefusedPartnerRows").WithSummary("The refused rows as they stood in the file, with the reasons").Produces<string>(200, "text/csv").Requires(ImportPermissions.Import);
    }

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/partners/imports.csv", Export).Requires(ImportPermissions.Import).ExcludeFromDescription();
        web.MapGet("/app/partners/imports/{id}/refused.csv", RefusedAsync).Requires(ImportPermissions.Import).ExcludeFromDescription();
    }

    private static IResult Export(Work work, CancellationToken ct) =>
        Csv.File("partner-imports.csv", ["File", "Status", "Rows", "Created", "Updated", "Unchanged", "Refused", "Uploaded (UTC)", "By", "Id"], LinesAsync(work, ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var i in Paging.AllAsync(p => PartnerImportPages.PageAsync(work, p, ct)).WithCancellation(ct))
            yield return [i.FileName, Words.Label(i.State), Csv.Figure(i.Rows), Csv.Figure(i.Created), Csv.Figure(i.Updated), Csv.Figure(i.Unchanged), Csv.Figure(i.Refused), Csv.Time(i.CreatedAt), i.StartedByName, i.Id.ToString()];
    }

    private static async Task<IResult> ListAsync(Work work, string? cursor, int? size, CancellationToken ct) => Results.Json(await PartnerImportPages.PageAsync(work, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> UploadAsync(Work work, UploadPartnerImport upload, HttpContext http, string? name, CancellationToken ct)
    {
        var made = await upload.RunAsync(new PartnerFileSent(name, http.Request.Body), ct);
        return made.Ok ? (await PartnerImportPages.FindAsync(work, made.Value, ct)).ToCreated(d => $"/api/v1/partner-imports/{d.Id}") : made.Problem.ToResult();
    }

    private static async Task<IResult> GetAsync(Work work, PartnerImportId id, CancellationToken ct) => (await PartnerImportPages.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> CheckAsync(Work work, CheckPartnerImport check, PartnerImportId id, PartnerImportPlan plan, CancellationToken ct) =>
        await check.RunAsync((id, plan), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : await GetAsync(work, id, ct);

    private static async Task<IResult> WriteAsync(Work work, StartPartnerImport start, PartnerImportId id, CancellationToken ct) => await StartedAsync(work, id, await start.RunAsync(id, ct), ct);

    private static async Task<IResult> StopAsync(Work work, StopPartnerImport stop, PartnerImportId id, CancellationToken ct) => await StartedAsync(work, id, await stop.RunAsync(id, ct), ct);

    private static async Task<IResult> TakeBackAsync(Work work, TakeBackPartnerImport take, PartnerImportId id, CancellationToken ct) => await StartedAsync(work, id, await take.RunAsync(id, ct), ct);

    private static async Task<IResult> StartedAsync(Work work, PartnerImportId id, Result<Done> started, CancellationToken ct) =>
        started.Ok ? (await PartnerImportPages.FindAsync(work, id, ct)).ToAccepted(d => $"/api/v1/partner-imports/{d.Id}") : started.Problem.ToResult();

    private static async Task<IResult> RowsAsync(Work work, PartnerImportId id, string? outcome, bool? kept, int? after, int? size, CancellationToken ct) =>
        await PartnerImportPages.FindAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult()
            : Results.Json(await PartnerImportPages.RowsAsync(work, id, Words.Parse<PartnerRowOutcome>(outcome), kept, after ?? 0, Math.Clamp(size ?? 100, 1, 1000), ct), Json.Options);

    private static async Task<IResult> RefusedAsync(Work work, PartnerImportId id, CancellationToken ct)
    {
        var found = await PartnerImportPages.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var header = found.Value.Header;
        return Results.Stream(stream => Csv.WriteAsync(stream, [.. header, "Row", "Reasons"], PartnerImportPages.RefusedAsync(work, id, header.Length, ct), ct), "text/csv; charset=utf-8", "refused-partners.csv");
    }
}
