using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Rollback;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>The mapping as a program sends it.</summary>
/// <param name="Kind">What the file holds; null leaves it.</param>
/// <param name="Columns">Field → column name.</param>
internal sealed record MappingInput(ImportKind? Kind, Dictionary<string, string?>? Columns, DateOrder? Dates, bool? DecimalComma, AmountUnit? RevenueIn, string? Currency);

internal static class ImportsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports").ProducesProblem(403);
        imports.MapGet("/", ListAsync).WithName("ListImports").WithSummary("Imports, the newest first").Produces<Page<ImportItem>>().Requires(AccountsPermissions.Import);
        imports.MapPost("/", UploadAsync).WithName("UploadImport").WithSummary("Upload a CSV file or a workbook (XLSX): multipart form with `file`, or the file itself (name in ?name=, sheet of a workbook in ?sheet=)").WithMetadata(new LargeFileAttribute())
            .Accepts<IFormFile>("multipart/form-data", "text/csv", "text/plain", "text/tab-separated-values", Xlsx.ContentType, "application/octet-stream").Produces<ImportDetails>(201).ProducesProblem(422).Requires(AccountsPermissions.Import);

        var one = imports.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetImport").WithSummary("One import with its counts and progress").Produces<ImportDetails>().Requires(AccountsPermissions.Import);
        one.MapPut("/mapping", MapAsync).WithName("MapImport").WithSummary("Say which column fills which field").Produces<ImportDetails>().ProducesProblem(409).ProducesProblem(422).Requires(AccountsPermissions.Import);
        one.MapPost("/dry-run", DryRunAsync).WithName("DryRunImport").WithSummary("Find out what every row would do").Produces<ImportDetails>(202).ProducesProblem(409).Requires(AccountsPermissions.Import);
        one.MapPost("/apply", ApplyAsync).WithName("ApplyImport").WithSummary("Write the rows, after a dry run").Produces<ImportDetails>(202).ProducesProblem(409).Requires(AccountsPermissions.Import);
        one.MapPost("/stop", StopAsync).WithName("StopImport").WithSummary("Stop after the batch under way").Produces<ImportDetails>(202).ProducesProblem(409).Requires(AccountsPermissions.Import);
        one.MapPost("/take-back", TakeBackAsync).WithName("TakeBackImport").WithSummary("Remove what it created and restore what it changed, unless changed or used since").Produces<ImportDetails>(202).ProducesProblem(409).Requires(AccountsPermissions.Import);
        one.MapGet("/taken-back", TakenBackAsync).WithName("ListTakenBackRows").WithSummary("The rows whose records were restored, or kept with the reason; `after` is the last row number seen").Produces<List<ImportRowItem>>().Requires(AccountsPermissions.Import);
        one.MapGet("/findings", FindingsAsync).WithName("ListImportFindings").WithSummary("Mended, unknown, missing and doubtful values, and reasons of refusals").Produces<List<FindingItem>>().Requires(AccountsPermissions.Import);
        one.MapGet("/rows", RowsAsync).WithName("ListImportRows").WithSummary("Updated rows with from → to, or refused rows with reasons; `after` is the last row number seen").Produces<List<ImportRowItem>>().Requires(AccountsPermissions.Import);
        one.MapGet("/refused.csv", RefusedAsync).WithName("DownloadRefusedRows").WithSummary("The refused rows as they stood in the file, with reasons").Produces<string>(200, "text/csv").Requires(AccountsPermissions.Import);
    }

    private static async Task<IResult> ListAsync(Work work, string? kind, string? q, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await ImportPages.PageAsync(work, Words.Parse<ImportKind>(kind), q, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> UploadAsync(HttpContext http, Work work, UploadImport upload, string? kind, string? name, string? sheet, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return await AnswerAsync(work, await SendAsync(upload, name, http.Request.Body, kind, sheet, ct), ct);
        if (await ReadFormAsync(http.Request, ct) is not { } form) return Problem.Invalid("file", "The parts of this form could not be read.").ToResult();
        if (form.Files.Count == 0) return ImportProblems.NoFile().ToResult();
        await using var content = form.Files[0].OpenReadStream();
        return await AnswerAsync(work, await SendAsync(upload, form.Files[0].FileName, content, Text.OrNull(form["kind"]) ?? kind, Text.OrNull(form["sheet"]) ?? sheet, ct), ct);
    }

    // Without a kind the columns tell it; one that is named must be known.
    private static async Task<Result<ImportId>> SendAsync(UploadImport upload, string? name, Stream content, string? kind, string? sheet, CancellationToken ct) =>
        Text.OrNull(kind) is { } named && Words.Parse<ImportKind>(named) is null
            ? Problem.Invalid("kind", $"There is no kind of import “{Text.Storable(named, 40)}”; there are {string.Join(", ", Enum.GetValues<ImportKind>().Select(Words.Of))}.")
            : await upload.RunAsync(new SentFile(name, content, Words.Parse<ImportKind>(kind), sheet), ct);

    private static async Task<IFormCollection?> ReadFormAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // The body ends before its last part does, or is no form at all.
            return null;
        }
    }

    private static async Task<IResult> AnswerAsync(Work work, Result<ImportId> made, CancellationToken ct) =>
        made.Ok ? (await ImportPages.FindAsync(work, made.Value, ct)).ToCreated(d => $"/api/v1/imports/{d.Id}") : made.Problem.ToResult();

    private static async Task<IResult> GetAsync(Work work, ImportId id, CancellationToken ct) => (await ImportPages.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> MapAsync(Work work, MapImport map, ImportId id, MappingInput input, CancellationToken ct)
    {
        var found = await ImportPages.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var now = found.Value;
        var columns = input.Columns ?? now.Mapping.ToDictionary(m => m.Key, m => (string?)m.Value);
        var mapped = await map.RunAsync(new ImportMapping(
            id, input.Kind ?? now.Kind, columns, input.Dates ?? now.Dates, input.DecimalComma ?? now.DecimalComma, input.RevenueIn ?? now.RevenueIn, input.Currency ?? now.Currency), ct);
        return mapped.Ok ? await GetAsync(work, id, ct) : mapped.Problem.ToResult();
    }

    private static async Task<IResult> DryRunAsync(Work work, DryRunImport run, ImportId id, CancellationToken ct) => await StartedAsync(work, id, await run.RunAsync(id, ct), ct);

    private static async Task<IResult> ApplyAsync(Work work, ApplyImport apply, ImportId id, CancellationToken ct) => await StartedAsync(work, id, await apply.RunAsync(id, ct), ct);

    private static async Task<IResult> StopAsync(Work work, StopImport stop, ImportId id, CancellationToken ct) => await StartedAsync(work, id, await stop.RunAsync(id, ct), ct);

    private static async Task<IResult> TakeBackAsync(Work work, TakeBackImport take, ImportId id, CancellationToken ct) => await StartedAsync(work, id, await take.RunAsync(id, ct), ct);

    private static async Task<IResult> TakenBackAsync(Work work, ImportId id, string? outcome, int? after, int? size, CancellationToken ct)
    {
        var found = await ImportPages.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        return Results.Json(await ImportPages.Undone(work, id, Words.Parse<UndoOutcome>(outcome), after ?? 0).Take(Math.Clamp(size ?? 100, 1, 1000)).ToListAsync(ct), Json.Options);
    }

    private static async Task<IResult> StartedAsync(Work work, ImportId id, Result<Done> started, CancellationToken ct) =>
        started.Ok ? (await ImportPages.FindAsync(work, id, ct)).ToAccepted(d => $"/api/v1/imports/{d.Id}") : started.Problem.ToResult();

    private static async Task<IResult> FindingsAsync(Work work, ImportId id, CancellationToken ct)
    {
        var found = await ImportPages.FindAsync(work, id, ct);
        return found.Ok ? Results.Json(await ImportPages.FindingsAsync(work, id, ct), Json.Options) : found.Problem.ToResult();
    }

    private static async Task<IResult> RowsAsync(Work work, ImportId id, string? outcome, int? after, int? size, CancellationToken ct)
    {
        var found = await ImportPages.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var wanted = Words.Parse<RowOutcome>(outcome) ?? RowOutcome.Refused;
        return Results.Json(await ImportPages.RowsAsync(work, id, wanted, after ?? 0, Math.Clamp(size ?? 100, 1, 1000), ct), Json.Options);
    }

    private static Task<IResult> RefusedAsync(Work work, ImportId id, CancellationToken ct) => AccountDownloads.RefusedAsync(work, id, ct);
}
