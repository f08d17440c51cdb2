using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Plans;

internal sealed record TargetListBody(PartnerId? Partner, string? Name, string? Message);

internal sealed record TargetBody(AccountId? Account, string? Name = null, string? City = null, string? Country = null);

internal sealed record TargetChangeBody(TargetState? State, DealSide? NextSide, string? NextStep, DateOnly? NextOn, string? Contacts, DealId? Deal = null, bool Unlink = false);

/// <summary>Target lists over the API. <c>If-Match</c> is the version of the list or of the company.</summary>
internal static class TargetsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("/target-lists").WithTags("Target lists").ProducesProblem(401).ProducesProblem(403);
        lists.MapGet("", ListsAsync).WithName("ListTargetLists").WithSummary("Target lists, newest first; a partner gets those shared with it").Produces<Page<TargetListLine>>().Requires(TargetPermissions.View);
        lists.MapPost("", BeginAsync).WithName("BeginTargetList").WithSummary("Begin a list with a partner").Produces<TargetListDetail>(201).Refuses().Requires(TargetPermissions.Edit);
        lists.MapGet("/{id}", GetAsync).WithName("GetTargetList").WithSummary("One list").Produces<TargetListDetail>().ProducesProblem(404).Requires(TargetPermissions.View);
        lists.MapPut("/{id}", SaveAsync).WithName("SaveTargetList").WithSummary("Change the name and the message").Produces<TargetListDetail>().Refuses().Requires(TargetPermissions.Edit);
        lists.MapPost("/{id}/end", EndAsync).WithName("EndTargetList").WithSummary("End a list: it is only read from then on").Produces<TargetListDetail>().Refuses().Requires(TargetPermissions.Edit);
        lists.MapGet("/{id}/targets", TargetsAsync).WithName("ListTargets").WithSummary("The companies of a list, by name").Produces<Page<TargetLine>>().ProducesProblem(404).Requires(TargetPermissions.View);
        lists.MapPost("/{id}/targets", AddAsync).WithName("AddTarget").WithSummary("Put a company on a list: an account, or as it is written").Produces<TargetLine>(201).Refuses().Requires(TargetPermissions.Edit);
        var one = api.MapGroup("/targets/{id}").WithTags("Target lists").ProducesProblem(401).ProducesProblem(403);
        one.MapGet("", TargetAsync).WithName("GetTarget").WithSummary("One company of a list").Produces<TargetLine>().ProducesProblem(404).Requires(TargetPermissions.View);
        one.MapPut("", ChangeAsync).WithName("ChangeTarget").WithSummary("Where both stand with a company, and what comes next").Produces<TargetLine>().Refuses().Requires(TargetPermissions.Edit);
        TargetPlanApi.Map(one);
        one.MapDelete("", RemoveAsync).WithName("RemoveTarget").WithSummary("Take a company off a list").Produces(204).Refuses().Requires(TargetPermissions.Edit);
    }

    private static async Task<IResult> ListsAsync([AsParameters] TargetListQuery query, Work work, CancellationToken ct) => Results.Json(await TargetPage.ListsAsync(work, query, ct), Json.Options);

    private static async Task<IResult> GetAsync(TargetListId id, Work work, CancellationToken ct) => (await TargetPage.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> BeginAsync(TargetListBody body, Work work, SaveTargetList save, CancellationToken ct) =>
        (await ShowAsync(await save.RunAsync(new TargetListInput(null, body.Partner, body.Name, body.Message), ct), work, ct)).ToCreated(l => $"/api/v1/target-lists/{l.Id}");

    private static async Task<IResult> SaveAsync(TargetListId id, TargetListBody body, HttpContext http, Work work, SaveTargetList save, CancellationToken ct) =>
        (await ShowAsync(await save.RunAsync(new TargetListInput(id, null, body.Name, body.Message, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> EndAsync(TargetListId id, HttpContext http, Work work, EndTargetList end, CancellationToken ct) =>
        (await ShowAsync(await end.RunAsync(new TargetListEnd(id, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> TargetsAsync(TargetListId id, [AsParameters] TargetQuery query, Work work, CancellationToken ct) => (await TargetPage.TargetsAsync(work, id, query, ct)).ToOk();

    private static async Task<IResult> AddAsync(TargetListId id, TargetBody body, Work work, AddTarget add, CancellationToken ct)
    {
        var done = await add.RunAsync(new TargetInput(id, body.Account, body.Name, body.City, body.Country), ct);
        return (done.Ok ? await TargetPage.TargetAsync(work, done.Value, ct) : done.Problem).ToCreated(t => $"/api/v1/targets/{t.Id}");
    }

    private static async Task<IResult> TargetAsync(TargetId id, Work work, CancellationToken ct) => (await TargetPage.TargetAsync(work, id, ct)).ToOk();

    private static async Task<IResult> ChangeAsync(TargetId id, TargetChangeBody body, HttpContext http, Work work, ChangeTarget change, CancellationToken ct)
    {
        var done = await change.RunAsync(new TargetChange(id, body.State, body.NextSide, body.NextStep, body.NextOn, body.Contacts, body.Deal, body.Unlink, DealsApi.Seen(http)), ct);
        return (done.Ok ? await TargetPage.TargetAsync(work, done.Value, ct) : done.Problem).ToOk();
    }

    private static async Task<IResult> RemoveAsync(TargetId id, HttpContext http, RemoveTarget remove, CancellationToken ct)
    {
        var done = await remove.RunAsync(new TargetRemoval(id, DealsApi.Seen(http)), ct);
        return done.Ok ? Results.NoContent() : done.Problem.ToResult();
    }

    private static async Task<Result<TargetListDetail>> ShowAsync(Result<TargetListId> done, Work work, CancellationToken ct) => done.Ok ? await TargetPage.FindAsync(work, done.Value, ct) : done.Problem;
}

/// <summary>What target lists add to the module.</summary>
internal static class TargetsSetup
{
    private static readonly string[] Header = ["Company", "City", "Country", "Status", "Whose turn", "Next step", "On", "Contacts", "Registration", "Changed", "Changed by"];

    public static void AddTargets(this IServiceCollection services)
    {
        services.AddNotificationKinds(TargetNews.All);
        services.AddScoped<TargetMail>();
        services.AddScoped<SaveTargetList>();
        services.AddScoped<EndTargetList>();
        services.AddScoped<AddTarget>();
        services.AddScoped<ChangeTarget>();
        services.AddScoped<LinkTarget>();
        services.AddScoped<LinkRegistered>();
        services.AddScoped<TakePlanOver>();
        services.AddScoped<RemoveTarget>();
        services.AddScoped<SetTargetAim>();
        services.AddScoped<SaveTargetContact>();
        services.AddScoped<RemoveTargetContact>();
        services.AddScoped<AddTargetNote>();
        services.AddScoped<ISearchSource, TargetListSearch>();
        services.AddScoped<ISearchSource, TargetSearch>();
    }

    public static Manifest WithTargets(this Manifest manifest) => manifest
        .Permits(TargetPermissions.All)
        .Hears<AccountsMerged, MoveTargets>()
        .Hears<AccountsParted, ReturnTargets>()
        .Shows(new NavItem("app", "Deals", "Target lists", "/app/target-lists", "target-arrow", TargetPermissions.View, 211))
        .Shows(new NavItem("portal", "", "Target lists", "/portal/target-lists", "target-arrow", TargetPermissions.View, 31));

    public static void Web(IEndpointRouteBuilder web)
    {
        web.MapGet("/app/targets/{id}/live", LivePlan.ServeAsync).Requires(TargetPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/targets/{id}/live", LivePlan.ServeAsync).Requires(TargetPermissions.View).ExcludeFromDescription();
        web.MapGet("/app/target-lists/{id}/targets.csv", ExportAsync).Requires(TargetPermissions.View).ExcludeFromDescription();
        web.MapGet("/portal/target-lists/{id}/targets.csv", ExportAsync).Requires(TargetPermissions.View).ExcludeFromDescription();
    }

    private static async Task ExportAsync(TargetListId id, [AsParameters] TargetQuery query, HttpContext http, Work work)
    {
        if (await TargetPage.FindAsync(work, id, http.RequestAborted) is { Ok: false, Problem: { } problem })
        {
            await problem.ToResult().ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"targets.csv\"";
        await Csv.WriteAsync(http.Response.Body, Header, LinesAsync(work, id, query, http.RequestAborted), http.RequestAborted);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(Work work, TargetListId id, TargetQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var t in Paging.AllAsync(async p => (await TargetPage.TargetsAsync(work, id, query with { Cursor = p.Cursor, Size = p.Size }, ct)).Value).WithCancellation(ct))
            yield return [t.Name, t.City, t.Country, Plans.Web.TargetLook.Label(t.State), Words.Label(t.NextSide), t.NextStep, t.NextOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), t.Contacts, t.Deal?.ToString(), t.ChangedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), t.ChangedBy];
    }
}
