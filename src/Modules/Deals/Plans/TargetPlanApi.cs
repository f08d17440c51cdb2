using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Trellis.Deals.Workspace;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

internal sealed record TargetAimBody(string? Aim);

internal sealed record TargetContactBody(string? Name, string? JobTitle = null, string? Email = null, BuyerRole? Role = null, DealSide? KnownBy = null, string? KnownByName = null);

internal sealed record TargetNoteBody(string? Body);

/// <summary>What is planned with a company of a target list, over the API. <c>If-Match</c> is the version of the company, or of the person.</summary>
internal static class TargetPlanApi
{
    public static void Map(RouteGroupBuilder one)
    {
        one.MapGet("/plan", GetAsync).WithName("GetTargetPlan").WithSummary("What is planned with a company: aim, next step, people and notes").Produces<TargetPlan>().ProducesProblem(404).Requires(TargetPermissions.View);
        one.MapPut("/aim", AimAsync).WithName("SetTargetAim").WithSummary("Write down what both want to reach").Produces<TargetPlan>().Refuses().Requires(TargetPermissions.Edit);
        one.MapPost("/contacts", ContactAsync).WithName("AddTargetContact").WithSummary("Add a person whom one of the sides knows").Produces<TargetPlan>().Refuses().Requires(TargetPermissions.Edit);
        one.MapPut("/contacts/{contact}", ContactChangeAsync).WithName("ChangeTargetContact").WithSummary("Change what stands of a person").Produces<TargetPlan>().Refuses().Requires(TargetPermissions.Edit);
        one.MapDelete("/contacts/{contact}", ContactRemovalAsync).WithName("RemoveTargetContact").WithSummary("Take a person off the plan").Produces<TargetPlan>().Refuses().Requires(TargetPermissions.Edit);
        one.MapPost("/notes", NoteAsync).WithName("AddTargetNote").WithSummary("Write a note that both sides read").Produces<TargetPlan>().Refuses().Requires(TargetPermissions.Edit);
    }

    private static async Task<IResult> GetAsync(TargetId id, Work work, CancellationToken ct) => (await TargetPlan.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> AimAsync(TargetId id, TargetAimBody body, HttpContext http, Work work, SetTargetAim act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new TargetAim(id, body.Aim, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> ContactAsync(TargetId id, TargetContactBody body, Work work, SaveTargetContact act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new TargetContactInput(id, null, body.Name, body.JobTitle, body.Email, body.Role, body.KnownBy, body.KnownByName), ct), id, work, ct);

    private static async Task<IResult> ContactChangeAsync(TargetId id, TargetContactId contact, TargetContactBody body, HttpContext http, Work work, SaveTargetContact act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new TargetContactInput(id, contact, body.Name, body.JobTitle, body.Email, body.Role, body.KnownBy, body.KnownByName, DealsApi.Seen(http)), ct), id, work, ct);

    private static async Task<IResult> ContactRemovalAsync(TargetId id, TargetContactId contact, Work work, RemoveTargetContact act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new TargetContactRemoval(id, contact), ct), id, work, ct);

    private static async Task<IResult> NoteAsync(TargetId id, TargetNoteBody body, Work work, AddTargetNote act, CancellationToken ct) =>
        await ShowAsync(await act.RunAsync(new NewTargetNote(id, body.Body), ct), id, work, ct);

    private static async Task<IResult> ShowAsync<T>(Result<T> done, TargetId id, Work work, CancellationToken ct) => (done.Ok ? await TargetPlan.FindAsync(work, id, ct) : done.Problem).ToOk();
}

/// <summary>Tells an open page that what is planned with its company has changed, as the page of a deal is told.</summary>
internal static class LivePlan
{
    public static Task ServeAsync(TargetId id, HttpContext http, Work work, Signals signals, LiveStreams streams, IHostApplicationLifetime life) =>
        LiveDeal.FollowAsync([Signals.Topic(work.Tenant, id.ToString())], ct => TargetPlan.MarkAsync(work, id, ct), TargetProblems.NoTarget(), http, work, signals, streams, life);
}
