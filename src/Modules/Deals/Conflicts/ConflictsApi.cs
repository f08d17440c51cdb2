using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

internal sealed record RaiseBody(DealId Deal, string? Text, bool Credit = false, int? ShareBasisPoints = null, DealId? Other = null, OpportunityId? Opportunity = null);

internal sealed record SettleBody(ConflictOutcome? Outcome, string? Reason, int? ShareBasisPoints = null, OverrideReason? Because = null, string? OtherReason = null);

/// <summary>Conflicts over the API: a partner's token sees what its portal shows.</summary>
internal static class ConflictsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var conflicts = api.MapGroup("/conflicts").WithTags("Conflicts").ProducesProblem(401).ProducesProblem(403);
        conflicts.MapGet("", ListAsync).WithName("ListConflicts").WithSummary("Conflicts, newest first").Produces<Page<ConflictLine>>().Requires(ConflictsPermissions.View);
        conflicts.MapPost("", RaiseAsync).WithName("RaiseConflict").WithSummary("Dispute a refusal, a claim or a share").Produces<ConflictDetail>(201).Refuses().Requires(ConflictsPermissions.Raise);
        conflicts.MapGet("/{id}", GetAsync).WithName("GetConflict").WithSummary("One conflict").Produces<ConflictDetail>().ProducesProblem(404).Requires(ConflictsPermissions.View);
        conflicts.MapPost("/{id}/statements", SayAsync).WithName("StateSide").WithSummary("State your side, or note something").Produces<ConflictDetail>().Refuses().Requires(ConflictsPermissions.Raise);
        conflicts.MapPost("/{id}/mediate", TakeUpAsync).WithName("MediateConflict").WithSummary("Take a conflict up").Produces<ConflictDetail>().Refuses().Requires(ConflictsPermissions.Settle);
        conflicts.MapPost("/{id}/settle", SettleAsync).WithName("SettleConflict").WithSummary("Decide a conflict; the deals follow").Produces<ConflictDetail>().Refuses().Requires(ConflictsPermissions.Settle);
        conflicts.MapPost("/{id}/appeal", AppealAsync).WithName("AppealConflict").WithSummary("Appeal a settlement, once").Produces<ConflictDetail>().Refuses().Requires(ConflictsPermissions.Raise);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route) => route.ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    private static async Task<IResult> ListAsync([AsParameters] ConflictQuery query, Work work, CancellationToken ct) => Results.Json(await ConflictList.FindAsync(work, query, ct), Json.Options);

    private static async Task<IResult> GetAsync(ConflictId id, Work work, CancellationToken ct) => (await ConflictPage.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> RaiseAsync(RaiseBody body, Work work, RaiseConflict raise, CancellationToken ct) =>
        (await ShowAsync(await raise.RunAsync(new RaiseInput(body.Deal, body.Text, body.Credit, body.ShareBasisPoints, body.Other, body.Opportunity), ct), work, ct)).ToCreated(c => $"/api/v1/conflicts/{c.Id}");

    private static async Task<IResult> SayAsync(ConflictId id, TextBody body, Work work, StateSide act, CancellationToken ct) => (await ShowAsync(await act.RunAsync(new SideInput(id, body.Text), ct), work, ct)).ToOk();

    private static async Task<IResult> TakeUpAsync(ConflictId id, HttpContext http, Work work, TakeUp act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new TakeUpInput(id, DealsApi.Seen(http)), ct), work, ct)).ToOk();

    private static async Task<IResult> SettleAsync(ConflictId id, SettleBody body, HttpContext http, Work work, SettleConflict act, CancellationToken ct) =>
        (await ShowAsync(await act.RunAsync(new SettleInput(id, body.Outcome, body.Reason, body.ShareBasisPoints, DealsApi.Seen(http), body.Because) { OtherReason = body.OtherReason }, ct), work, ct)).ToOk();

    private static async Task<IResult> AppealAsync(ConflictId id, TextBody body, Work work, Appeal act, CancellationToken ct) => (await ShowAsync(await act.RunAsync(new SideInput(id, body.Text), ct), work, ct)).ToOk();

    private static async Task<Result<ConflictDetail>> ShowAsync(Result<ConflictId> done, Work work, CancellationToken ct) => done.Ok ? await ConflictPage.FindAsync(work, done.Value, ct) : done.Problem;
}
