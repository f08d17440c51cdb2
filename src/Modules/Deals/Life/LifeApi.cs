using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Deals.Life.Intake;
using Trellis.Deals.Life.Uploads;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

internal sealed record ExtensionBody(string? Reason, int? Days = null);

internal sealed record AmendBody(NewDeal? Deal, string? Reason = null);

internal sealed record RequestAnswerBody(bool Grant, string? Text = null, int? Days = null);

internal sealed record AccountBody(AccountId? Account);

internal sealed record JointBody(NewDeal? Deal, DealId? Draft, string? Partner, int? ShareBasisPoints);

/// <summary>Field → column, counted from 0.</summary>
internal sealed record ColumnsBody(IReadOnlyDictionary<string, int>? Columns);

internal static class LifeApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var deals = api.MapGroup("/deals").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        deals.MapGet("/{id}/life", GetAsync).WithName("GetDealLife").WithSummary("Protection, extensions, changes and what may be asked for").Produces<DealLife>().ProducesProblem(404).Requires(DealsPermissions.View);
        deals.MapPost("/{id}/extension", ExtendAsync).WithName("RequestExtension").WithSummary("Ask for a longer protection").Produces<DealLife>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/amend", AmendAsync).WithName("AmendDeal").WithSummary("Change a registration that was sent; key fields wait for approval").Produces<DealLife>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/recall", RecallAsync).WithName("RecallDeal").WithSummary("Take a submitted registration back into the drafts").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/reopen", ReopenAsync).WithName("ReopenDeal").WithSummary("Make a refused or withdrawn registration a draft again").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/renew", RenewAsync).WithName("RenewDeal").WithSummary("Register the renewal of a won deal").Produces<DealDetail>(201).Refuses().Requires(DealsPermissions.Register);
        deals.MapPost("/{id}/account", AccountAsync).WithName("CheckAccount").WithSummary("Settle which account the customer is").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Decide);
        deals.MapPost("/jointly", JointlyAsync).WithName("ProposeJointly").WithSummary("Propose a joint registration to a second partner").Produces<DealDetail>(201).Refuses().Requires(DealsPermissions.Register);
        deals.MapDelete("/{id}/proposal", TakeBackAsync).WithName("TakeProposalBack").WithSummary("Take a joint proposal back").Produces<DealDetail>().Refuses().Requires(DealsPermissions.Register);
        var requests = api.MapGroup("/deal-requests").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        requests.MapGet("", RequestsAsync).WithName("ListDealRequests").WithSummary("Requests that wait for an answer").Produces<IReadOnlyList<RequestLine>>().Requires(DealsPermissions.View);
        requests.MapGet("/{id}/ruling", RulingAsync).WithName("GetDealRequestRuling").WithSummary("What the rules say about a wanted change, and who may grant it").Produces<ChangeRuling>().ProducesProblem(404).Requires(DealsPermissions.Decide);
        requests.MapPost("/{id}/answer", AnswerAsync).WithName("AnswerDealRequest").WithSummary("Grant or refuse an extension or a change").Produces<RequestLine>().Refuses().Requires(DealsPermissions.Decide);
        requests.MapPost("/{id}/withdraw", WithdrawAsync).WithName("WithdrawDealRequest").WithSummary("Take a request back").Produces<RequestLine>().Refuses().Requires(DealsPermissions.Register);
        var uploads = api.MapGroup("/deal-uploads").WithTags("Deals").ProducesProblem(401).ProducesProblem(403);
        uploads.MapPost("", UploadAsync).WithName("UploadDeals").WithSummary("Upload a CSV file or a workbook (XLSX) of registrations: its bytes are the body, its name the parameter name; nothing is registered yet")
            .Accepts<IFormFile>("text/csv", "text/plain", "text/tab-separated-values", Xlsx.ContentType, "application/octet-stream").Produces<UploadDetail>(201).ProducesProblem(409).ProducesProblem(422).Requires(DealsPermissions.Register);
        uploads.MapGet("/{id}", GetUploadAsync).WithName("GetDealUpload").WithSummary("An upload with its rows").Produces<UploadDetail>().ProducesProblem(404).Requires(DealsPermissions.Register);
        uploads.MapPut("/{id}/columns", ColumnsAsync).WithName("MapDealUploadColumns").WithSummary("Say what stands in which column").Produces<UploadDetail>().Refuses().Requires(DealsPermissions.Register);
        uploads.MapPost("/{id}/register", RegisterUploadAsync).WithName("RegisterDealUpload").WithSummary("Register the rows that fit").Produces<UploadDetail>(202).Refuses().Requires(DealsPermissions.Register);
        Intake.IntakeList.Map(api);
        Intake.IntakeList.MapAddress(api);
        Intake.Mailboxes.MailboxApi.Map(api);
        api.MapPost("/inbound-mail", MailAsync).WithTags("Deals").WithName("TakeInMail").WithSummary("Hand over a forwarded mail (message/rfc822); a draft is made of it").Accepts<string>("message/rfc822").Produces<IntakeAnswer>()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(422).Requires(LifePermissions.TakeInMail);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route.ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    private static async Task<IResult> GetAsync(DealId id, Work work, CancellationToken ct) => (await DealLife.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ExtendAsync(DealId id, ExtensionBody body, HttpContext http, Work work, RequestExtension act, CancellationToken ct) =>
        (await LifeAsync(id, await act.RunAsync(new ExtensionInput(id, body.Reason, body.Days, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> AmendAsync(DealId id, AmendBody body, HttpContext http, Work work, Amend act, CancellationToken ct) =>
        body.Deal is { Fields.Count: > 0 } ? Problem.Invalid("fields", "Custom fields of a registration that was sent are changed by themselves: PATCH /api/v1/custom-fields/deals/{id}.").ToResult()
            : body.Deal is { } deal
            ? (await LifeAsync(id, await act.RunAsync(new AmendInput(id, deal.Said(), body.Reason, DealsApi.Seen(http)), ct), work, ct)).ToOk()
            : Problem.Invalid("deal", "Say how the registration shall be.").ToResult();

    private static async Task<IResult> RecallAsync(DealId id, TextBody body, HttpContext http, Work work, Recall act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> ReopenAsync(DealId id, TextBody body, HttpContext http, Work work, Reopen act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new WordsInput(id, body.Text, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> RenewAsync(DealId id, NewDeal body, Work work, Register act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new RegisterInput(body.Said(), Renews: id), ct), work, ct)).ToCreated(d => $"/api/v1/deals/{d.Id}");

    private static async Task<IResult> AccountAsync(DealId id, AccountBody body, HttpContext http, Work work, CheckAccount act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new AccountAnswer(id, body.Account, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> JointlyAsync(JointBody body, Work work, ProposeJointly act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new JointProposal(body.Deal?.Said(), body.Draft, body.Partner, body.ShareBasisPoints, For: body.Deal?.For), ct), work, ct)).ToCreated(d => $"/api/v1/deals/{d.Id}");

    private static async Task<IResult> TakeBackAsync(DealId id, Work work, TakeProposalBack act, CancellationToken ct) => (await ShowAsync(await act.RunAsync(id, ct), work, ct)).ToOk();

    private static async Task<IResult> RequestsAsync(string? kind, Work work, CancellationToken ct) =>
        Results.Json(await RequestList.PendingAsync(work, Words.Parse<RequestKind>(kind), ct), Json.Options);

    private static async Task<IResult> RulingAsync(RequestId id, Work work, CancellationToken ct) =>
        (await ChangedCase.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> AnswerAsync(RequestId id, RequestAnswerBody body, HttpContext http, Work work, DecideRequest act, CancellationToken ct) =>
        await RequestAsync(await act.RunAsync(new RequestAnswer(id, body.Grant, body.Text, body.Days, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> WithdrawAsync(RequestId id, Work work, WithdrawRequest act, CancellationToken ct) => await RequestAsync(await act.RunAsync(id, ct), work, ct);

    private static async Task<IResult> UploadAsync(string? name, HttpContext http, Work work, UploadDeals act, CancellationToken ct)
    {
        var made = await Body.BytesAsync(http.Request.Body, UploadSheet.LongestFile, ct) is { } bytes ? await act.RunAsync(new UploadInput(name ?? "registrations.csv", bytes), ct) : Problem.Invalid("file", $"The file is larger than {UploadSheet.LongestFile / 1_000_000} MB.");
        return (made.Ok ? await UploadPages.FindAsync(work, made.Value, ct) : made.Problem).ToCreated(u => $"/api/v1/deal-uploads/{u.Line.Id}");
    }

    private static async Task<IResult> GetUploadAsync(UploadId id, Work work, CancellationToken ct) => (await UploadPages.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ColumnsAsync(UploadId id, ColumnsBody body, Work work, MapColumns act, CancellationToken ct)
    {
        var mapped = await act.RunAsync(new ColumnsInput(id, body.Columns), ct);
        return (mapped.Ok ? await UploadPages.FindAsync(work, id, ct) : mapped.Problem).ToOk();
    }

    private static async Task<IResult> RegisterUploadAsync(UploadId id, Work work, StartUpload act, CancellationToken ct)
    {
        var started = await act.RunAsync(id, ct);
        return (started.Ok ? await UploadPages.FindAsync(work, id, ct) : started.Problem).ToAccepted(u => $"/api/v1/deal-uploads/{u.Line.Id}");
    }

    private static async Task<IResult> MailAsync(HttpContext http, ReceiveMail act, CancellationToken ct) =>
        (await act.RunAsync(await Body.BytesAsync(http.Request.Body, MailText.Longest, ct) ?? [], ct)).ToOk();

    private static async Task<Result<DealLife>> LifeAsync<T>(DealId id, Result<T> made, Work work, CancellationToken ct) => made.Ok ? await DealLife.FindAsync(work, id, ct) : made.Problem;

    private static async Task<Result<DealDetail>> ShowAsync(Result<DealId> made, Work work, CancellationToken ct) => made.Ok ? await DealPage.FindAsync(work, made.Value, ct) : made.Problem;

    private static async Task<IResult> RequestAsync(Result<RequestId> made, Work work, CancellationToken ct) => (made.Ok ? await RequestList.FindAsync(work, made.Value, ct) : made.Problem).ToOk();
}

/// <summary>Bodies that are read whole, up to a limit.</summary>
internal static class Body
{
    public static async Task<byte[]?> BytesAsync(Stream from, int limit, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[32_768];
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            if (kept.Length + read > limit) return null;
            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }
}
