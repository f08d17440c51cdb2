using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

internal sealed record EraseInput(string? Reason);

internal sealed record KeyChange(string? Reason);

internal sealed record MadeKey(string Key);

/// <summary>The job that checks; its answer stands in the list of jobs.</summary>
internal sealed record BegunCheck(JobId Job);

internal sealed record CheckInput(string? File);

internal static class ReceiptsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var receipts = api.MapGroup("/receipts").WithTags("Receipts").ProducesProblem(403);
        receipts.MapGet("/", ListAsync).WithName("ListReceipts").WithSummary("Receipts, the newest first; a partner's token sees its own").Produces<Page<ReceiptItem>>().Requires(ReceiptsPermissions.View);
        receipts.MapPost("/check", CheckAsync).WithName("CheckReceipt").WithSummary("Check the text of a receipt file step by step").Produces<CheckReport>().ProducesProblem(422).Requires(ReceiptsPermissions.View);
        receipts.MapPost("/chain/check", CheckChainAsync).WithName("CheckReceiptChain").WithSummary("Check every receipt, their order and the published roots; the job's message is the answer").Produces<BegunCheck>(202).Requires(ReceiptsPermissions.Manage);
        receipts.MapPost("/keys", ChangeKeyAsync).WithName("ChangeReceiptKey").WithSummary("Retire the signing key and make a new one; the old private key is destroyed").Produces<MadeKey>(201).ProducesProblem(422).Requires(ReceiptsPermissions.Manage);
        receipts.MapGet("/{id}", ReceiptAsync).WithName("GetReceipt").WithSummary("One receipt, read and checked").Produces<ReceiptDetails>().ProducesProblem(404).Requires(ReceiptsPermissions.View);
        receipts.MapGet("/{id}/file", ReceiptDownloads.FileAsync).WithName("GetReceiptFile").WithSummary("The receipt as the file that anybody can check").Produces<string>(200, "application/json").ProducesProblem(404).Requires(ReceiptsPermissions.View);
        receipts.MapPost("/{id}/erase", EraseAsync).WithName("EraseReceipt").WithSummary("Forget the personal values; signature and chain stay valid").Produces<ReceiptDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(ReceiptsPermissions.Manage);
    }

    private static async Task<IResult> ListAsync(Work work, string? q, string? kind, string? partner, string? subject, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await ReceiptList.PageAsync(work, ReceiptFilter.Read(q, kind, partner, subject), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> ReceiptAsync(Work work, ReceiptId id, CancellationToken ct) => (await ReceiptRecord.LoadAsync(work, id, ct)).ToOk();

    private static async Task<IResult> CheckAsync(Db db, CheckInput input, CancellationToken ct) =>
        Text.OrNull(input.File) is not { } file ? ReceiptsProblems.NoFile().ToResult() : ((Result<CheckReport>)await OnlineCheck.OfAsync(db, file, ct)).ToOk();

    private static async Task<IResult> CheckChainAsync(CheckChain check, CancellationToken ct)
    {
        var begun = await check.RunAsync(default, ct);
        return begun.Ok ? Results.Json(new BegunCheck(begun.Value), Json.Options, statusCode: 202) : begun.Problem.ToResult();
    }

    private static async Task<IResult> ChangeKeyAsync(ChangeKey change, KeyChange input, CancellationToken ct) =>
        (await change.RunAsync(input.Reason, ct)).Then<MadeKey>(key => new MadeKey(key)).ToCreated(_ => "/receipts/keys.json");

    private static async Task<IResult> EraseAsync(Work work, EraseReceipt erase, ReceiptId id, EraseInput input, CancellationToken ct)
    {
        var erased = await erase.RunAsync((id, input.Reason), ct);
        return erased.Ok ? (await ReceiptRecord.LoadAsync(work, id, ct)).ToOk() : erased.Problem.ToResult();
    }
}
