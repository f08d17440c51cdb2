using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Deals.Handovers.Push;
using Trellis.Kernel;

namespace Trellis.Deals.Handovers;

internal sealed record TakeBody(string? System, int? Most = null);

internal sealed record FinishBody(string? Number, string? Owner = null);

internal sealed record HandoverReason(string? Reason);

internal sealed record ConnectBody(string? Name, bool On);

internal sealed record AddressBody(string? Address);

internal sealed record RotateBody(bool AtOnce = false);

/// <summary>How many deals wait again.</summary>
internal sealed record Replayed(int Count);

/// <summary>Handovers over the API: what a connector needs, and what people do with the rest. <c>If-Match</c> is the version of the handover, or of the connected system.</summary>
internal static class HandoversApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/handovers").WithTags("Handovers").ProducesProblem(401).ProducesProblem(403);
        all.MapGet("", ListAsync).WithName("ListHandovers").WithSummary("Deals on their way into CRM and ERP, newest first").Produces<Page<HandoverLine>>().Requires(HandoverPermissions.View);
        all.MapPost("/take", TakeAsync).WithName("TakeHandovers").WithSummary("Fetch what waits for a system; each deal is the caller's for 15 minutes").Produces<IReadOnlyList<HandoverDocument>>().Refuses().Requires(HandoverPermissions.Work);
        all.MapGet("/{id}", GetAsync).WithName("GetHandover").WithSummary("One handover").Produces<HandoverLine>().ProducesProblem(404).Requires(HandoverPermissions.View);
        all.MapGet("/{id}/document", DocumentAsync).WithName("GetHandoverDocument").WithSummary("What goes over").Produces<HandoverDocument>().ProducesProblem(404).Requires(HandoverPermissions.Work);
        all.MapPost("/{id}/finish", FinishAsync).WithName("FinishHandover").WithSummary("Say under which number the deal goes on there; the CRM's opportunity is mirrored and linked").Produces<HandoverLine>().Refuses().Requires(HandoverPermissions.Work);
        all.MapPost("/{id}/fail", FailAsync).WithName("FailHandover").WithSummary("Say why the other system does not take the deal").Produces<HandoverLine>().Refuses().Requires(HandoverPermissions.Work);
        all.MapPost("/{id}/retry", RetryAsync).WithName("RetryHandover").WithSummary("Let a deal wait again").Produces<HandoverLine>().Refuses().Requires(HandoverPermissions.Work);
        all.MapPost("/{id}/skip", SkipAsync).WithName("SkipHandover").WithSummary("Decide that a deal need not go over").Produces<HandoverLine>().Refuses().Requires(HandoverPermissions.Work);
        var systems = api.MapGroup("/connected-systems").WithTags("Handovers").ProducesProblem(401).ProducesProblem(403);
        systems.MapGet("", async (Work work, CancellationToken ct) => Results.Json(await HandoverList.SystemsAsync(work, ct), Json.Options)).WithName("ListConnectedSystems").WithSummary("CRM and ERP: whether deals go over into them").Produces<IReadOnlyList<SystemLine>>().Requires(HandoverPermissions.View);
        systems.MapPut("/{system}", ConnectAsync).WithName("ConnectSystem").WithSummary("Switch the way into a system on or off").Produces<SystemLine>().Refuses().Requires(HandoverPermissions.Connect);
        MapPush(all, systems);
    }

    private static void MapPush(RouteGroupBuilder all, RouteGroupBuilder systems)
    {
        all.MapGet("/{id}/attempts", AttemptsAsync).WithName("ListHandoverAttempts").WithSummary("How often one deal was sent, and what was answered, newest first").Produces<Page<AttemptLine>>().ProducesProblem(404).Requires(HandoverPermissions.View);
        systems.MapGet("/{system}/attempts", SystemAttemptsAsync).WithName("ListSystemAttempts").WithSummary("What was sent to a system, test messages too, newest first").Produces<Page<AttemptLine>>().ProducesProblem(404).Requires(HandoverPermissions.View);
        systems.MapPut("/{system}/address", AddressAsync).WithName("SetSystemAddress").WithSummary("Say where deals are sent to; the secret of the signatures is shown only in this answer").Produces<PushSetting>().Refuses().Requires(HandoverPermissions.Connect);
        systems.MapPut("/{system}/secret", RotateAsync).WithName("RotateSystemSecret").WithSummary("Replace the secret; for a day the old one signs too").Produces<PushSetting>().Refuses().Requires(HandoverPermissions.Connect);
        systems.MapPost("/{system}/test", TestAsync).WithName("SendTestMessage").WithSummary("Send a test message now").Produces<AttemptLine>().Refuses().Requires(HandoverPermissions.Connect);
        systems.MapPost("/{system}/replay", ReplayAsync).WithName("ReplayHandovers").WithSummary("Let everything wait again that the system did not take").Produces<Replayed>().Refuses().Requires(HandoverPermissions.Work);
    }

    private static async Task<IResult> AttemptsAsync(HandoverId id, [AsParameters] AttemptQuery query, Work work, CancellationToken ct) =>
        (await HandoverList.FindAsync(work, id, ct)).Problem is { } problem ? problem.ToResult() : Results.Json(await AttemptList.OfHandoverAsync(work, id, query, ct), Json.Options);

    private static async Task<IResult> SystemAttemptsAsync(string system, [AsParameters] AttemptQuery query, Work work, CancellationToken ct) =>
        Words.Parse<ConnectedKind>(system) is { } kind ? Results.Json(await AttemptList.OfSystemAsync(work, kind, query, ct), Json.Options) : Problem.Missing("system").ToResult();

    private static async Task<IResult> AddressAsync(string system, AddressBody body, HttpContext http, SetPushAddress set, CancellationToken ct) =>
        (await set.RunAsync(new AddressInput(Words.Parse<ConnectedKind>(system), body.Address, DealsApi.Seen(http)), ct)).ToOk();

    private static async Task<IResult> RotateAsync(string system, RotateBody body, HttpContext http, RotatePushSecret rotate, CancellationToken ct) =>
        (await rotate.RunAsync(new RotateInput(Words.Parse<ConnectedKind>(system), body.AtOnce, DealsApi.Seen(http)), ct)).ToOk();

    private static async Task<IResult> TestAsync(string system, SendTest test, CancellationToken ct) => (await test.RunAsync(Words.Parse<ConnectedKind>(system), ct)).ToOk();

    private static async Task<IResult> ReplayAsync(string system, ReplayHandovers replay, CancellationToken ct) => (await replay.RunAsync(Words.Parse<ConnectedKind>(system), ct)).Then<Replayed>(n => new Replayed(n)).ToOk();

    private static async Task<IResult> ListAsync([AsParameters] HandoverQuery query, Work work, CancellationToken ct) => Results.Json(await HandoverList.PageAsync(work, query, ct), Json.Options);

    private static async Task<IResult> TakeAsync(TakeBody body, TakeHandovers take, Work work, CancellationToken ct)
    {
        var taken = await take.RunAsync(new TakeInput(Words.Parse<ConnectedKind>(body.System), body.Most ?? 20), ct);
        return taken.Ok ? Results.Json(await HandoverDocuments.OfAsync(work, taken.Value, ct), Json.Options) : taken.Problem.ToResult();
    }

    private static async Task<IResult> GetAsync(HandoverId id, Work work, CancellationToken ct) => (await HandoverList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> DocumentAsync(HandoverId id, Work work, CancellationToken ct) =>
        await HandoverDocuments.OfAsync(work, [id], ct) is [var document] ? Results.Json(document, Json.Options) : HandoverProblems.Missing().ToResult();

    private static async Task<IResult> FinishAsync(HandoverId id, FinishBody body, HttpContext http, FinishHandover finish, Work work, CancellationToken ct) =>
        await ShowAsync(await finish.RunAsync(new FinishInput(id, body.Number, body.Owner, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> FailAsync(HandoverId id, HandoverReason body, HttpContext http, FailHandover fail, Work work, CancellationToken ct) =>
        await ShowAsync(await fail.RunAsync(new HandoverWords(id, body.Reason, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> RetryAsync(HandoverId id, HttpContext http, RetryHandover retry, Work work, CancellationToken ct) =>
        await ShowAsync(await retry.RunAsync(new HandoverWords(id, null, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> SkipAsync(HandoverId id, HandoverReason body, HttpContext http, SkipHandover skip, Work work, CancellationToken ct) =>
        await ShowAsync(await skip.RunAsync(new HandoverWords(id, body.Reason, DealsApi.Seen(http)), ct), work, ct);

    private static async Task<IResult> ConnectAsync(string system, ConnectBody body, HttpContext http, ConnectSystem connect, Work work, CancellationToken ct)
    {
        var done = await connect.RunAsync(new ConnectInput(Words.Parse<ConnectedKind>(system), body.Name, body.On, DealsApi.Seen(http)), ct);
        return done.Ok ? Results.Json((await HandoverList.SystemsAsync(work, ct)).Single(s => s.System == done.Value), Json.Options) : done.Problem.ToResult();
    }

    private static async Task<IResult> ShowAsync(Result<HandoverId> done, Work work, CancellationToken ct) => (done.Ok ? await HandoverList.FindAsync(work, done.Value, ct) : done.Problem).ToOk();
}
