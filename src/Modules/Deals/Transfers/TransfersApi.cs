using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Transfers;

internal sealed record TransferBody(PartnerId? Partner, string? Reason);

internal sealed record TransferAnswerBody(bool Accept, string? Reason = null);

internal sealed record TransferWithdrawal(string? Reason);

/// <summary>Transfers over the API. <c>If-Match</c> is the version of the deal where one is proposed, and of the transfer afterwards.</summary>
internal static class TransfersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var deal = api.MapGroup("/deals/{id}/transfers").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        deal.MapGet("", OfDealAsync).WithName("ListTransfersOfDeal").WithSummary("Transfers of a deal, newest first").Produces<IReadOnlyList<TransferLine>>().ProducesProblem(404).Requires(DealsPermissions.View);
        deal.MapPost("", ProposeAsync).WithName("ProposeTransfer").WithSummary("Propose to hand a deal to another partner").Produces<TransferLine>(201).Refuses().Requires(TransferPermissions.Propose);
        var one = api.MapGroup("/transfers").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        one.MapGet("", ListAsync).WithName("ListTransfers").WithSummary("Transfers, those that wait for an answer first").Produces<IReadOnlyList<TransferLine>>().Requires(DealsPermissions.View);
        one.MapGet("/{id}", GetAsync).WithName("GetTransfer").WithSummary("One transfer").Produces<TransferLine>().ProducesProblem(404).Requires(DealsPermissions.View);
        one.MapPost("/{id}/answer", AnswerAsync).WithName("AnswerTransfer").WithSummary("Take the deal over, or decline").Produces<TransferLine>().Refuses().Requires(DealsPermissions.Register);
        one.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawTransfer").WithSummary("Take a proposal back").Produces<TransferLine>().Refuses().Requires(TransferPermissions.Propose);
    }

    private static async Task<IResult> OfDealAsync(DealId id, Work work, CancellationToken ct) =>
        await DealPage.FindAsync(work, id, ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await TransferList.OfDealAsync(work, id, ct), Json.Options);

    private static async Task<IResult> ListAsync(Work work, CancellationToken ct) => Results.Json(await TransferList.AllAsync(work, ct), Json.Options);

    private static async Task<IResult> GetAsync(TransferId id, Work work, CancellationToken ct) => (await TransferList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ProposeAsync(DealId id, TransferBody body, HttpContext http, Work work, ProposeTransfer propose, CancellationToken ct)
    {
        var made = await propose.RunAsync(new TransferInput(id, body.Partner, body.Reason, DealsApi.Seen(http)), ct);
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
        .Hears<DealWon, LapseTransfersOfWins>();
}
