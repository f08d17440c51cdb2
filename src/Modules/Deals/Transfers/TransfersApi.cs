using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Transfers;

/// <summary>Whom to ask, by identifier or by web address, and why.</summary>
internal sealed record TransferBody(PartnerId? Partner, string? Reason, string? Domain = null);

internal sealed record TransferAnswerBody(bool Accept, string? Reason = null);

internal sealed record TransferWithdrawal(string? Reason);

/// <summary>Transfers over the API. <c>If-Match</c> is the version of the deal where one is proposed, and of the transfer afterwards.</summary>
internal static class TransfersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var deal = api.MapGroup("/deals/{id}/transfers").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        deal.MapGet("", OfDealAsync).WithName("ListTransfersOfDeal").WithSummary("Transfers of a deal, newest first").Produces<IReadOnlyList<TransferLine>>().ProducesProblem(404).Requires(DealsPermissions.View);
        deal.MapPost("", ProposeAsync).WithName("ProposeTransfer").WithSummary("Propose to hand a deal to another partner, named by its identifier or its web address").Produces<TransferLine>(201).Refuses().Requires(TransferPermissions.Propose);
        var one = api.MapGroup("/transfers").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        one.MapGet("", ListAsync).WithName("ListTransfers").WithSummary("Transfers, those that wait for an answer first").Produces<Page<TransferLine>>().Requires(DealsPermissions.View);
        one.MapGet("/{id}", GetAsync).WithName("GetTransfer").WithSummary("One transfer").Produces<TransferLine>().ProducesProblem(404).Requires(DealsPermissions.View);
        one.MapPost("/{id}/answer", AnswerAsync).WithName("AnswerTransfer").WithSummary("Take the deal over, or decline").Produces<TransferLine>().Refuses().Requires(DealsPermissions.Register);
        one.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawTransfer").WithSummary("Take a proposal back").Produces<TransferLine>().Refuses().Requires(TransferPermissions.Propose);
    }

    private static async Task<IResult> OfDealAsync(DealId id, Work work, CancellationToken ct) =>
        await DealPage.FindAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await TransferList.OfDealAsync(work, id, ct), Json.Options);

    private static async Task<IResult> ListAsync([AsParameters] TransferQuery query, Work work, CancellationToken ct) => Results.Json(await TransferList.PageAsync(work, query, ct), Json.Options);

    private static async Task<IResult> GetAsync(TransferId id, Work work, CancellationToken ct) => (await TransferList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ProposeAsync(DealId id, TransferBody body, HttpContext http, Work work, ProposeTransfer propose, CancellationToken ct)
    {
        var made = await propose.RunAsync(new TransferInput(id, body.Partner, body.Reason, DealsApi.Seen(http)) { Domain = body.Domain }, ct);
        return (made.Ok ? await TransferList.FindAsync(work, made.Value, ct) : made.Problem).ToCreated(t => $"/api/v1/transfers/{t.Id}");
    }

    private static async Task<IResult> AnswerAsync(TransferId id, TransferAnswerBody body, HttpContext http, Work work, AnswerTransfer answer, CancellationToken ct) =>
        await ShowAsync(await answer.RunAsync(new TransferAnswer(id, body.Accept, body.Reason, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> WithdrawAsync(TransferId id, TransferWithdrawal body, HttpContext http, Work work, WithdrawTransfer withdraw, CancellationToken ct) =>
        await ShowAsync(await withdraw.RunAsync(new TransferAnswer(id, false, body.Reason, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> ShowAsync(Result<TransferId> done, Work work, CancellationToken ct) => (done.Ok ? await TransferList.FindAsync(work, done.Value, ct) : done.Problem).ToOk();
}

/// <summary>What transfers add to the module.</summary>
internal static class TransfersSetup
{
    public static void AddTransfers(this IServiceCollection services)
    {
        services.AddNotificationKinds(TransferNews.All);
        services.AddScoped<TransferMail>();
        services.AddScoped<ProposeTransfer>();
        services.AddScoped<WithdrawTransfer>();
        services.AddScoped<AnswerTransfer>();
    }

    public static Manifest WithTransfers(this Manifest manifest) => manifest
        .Permits(TransferPermissions.Propose)
        .Lives(Transfer.Machine)
        .Hears<DealEnded, LapseTransfers>()
        .Hears<DealWon, LapseTransfersOfWins>()
        .Shows(new NavItem("app", "Deals", "Change of hands", "/app/deals/transfers", "arrows-exchange", DealsPermissions.View, 208));
}

/// <summary>The list as a file.</summary>
internal static class TransfersWeb
{
    private static readonly string[] Header = ["Transfer", "Deal", "From", "To", "Status", "Reason", "Proposed", "Proposed by", "Answered", "Answered by", "Answer"];

    private static readonly string[] OwnHeader = ["Transfer", "Deal", "Direction", "Status", "Reason", "Proposed", "Answered", "Answer"];

    public static void Map(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/deals/transfers.csv", Export).Requires(DealsPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/transfers.csv", OwnExport).Requires(DealsPermissions.View).ExcludeFromDescription();
    }

    // Neither side is told who the other is.
    private static IResult OwnExport([AsParameters] TransferQuery query, Work work, CancellationToken ct) => Csv.File("transfers.csv", OwnHeader, OwnLinesAsync(work, query, ct), ct);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> OwnLinesAsync(Work work, TransferQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var t in Paging.AllAsync(p => TransferList.PageAsync(work, query with { Cursor = p.Cursor, Size = p.Size }, ct)).WithCancellation(ct))
            yield return [t.Id.ToString(), t.Title, t.Receiving ? "To you" : "From you", Web.TransferLook.Label(t), t.Reason, At(t.ProposedAt), At(t.AnsweredAt), t.Answer];
    }

    private static Task Export([AsParameters] TransferQuery query, HttpContext http, Work work)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"transfers.csv\"";
        return Csv.WriteAsync(http.Response.Body, Header, LinesAsync(work, query, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, TransferQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var t in Paging.AllAsync(p => TransferList.PageAsync(work, query with { Cursor = p.Cursor, Size = p.Size }, ct)).WithCancellation(ct))
            yield return [t.Id.ToString(), t.Title, t.FromName, t.ToName, Web.TransferLook.Label(t), t.Reason, At(t.ProposedAt), t.ProposedBy, At(t.AnsweredAt), t.AnsweredBy, t.Answer];
    }

    private static string? At(DateTime? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
