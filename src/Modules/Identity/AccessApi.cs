using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A browser in which somebody is signed in.</summary>
internal sealed record OpenSession(SessionId Id, PersonId Person, string Name, string? PartnerName, string Device, string Address, ProvedBy By, bool TwoFactors, DateTime Since, DateTime SeenAt);

/// <summary>A kept view of a list; <c>own</c> where the caller keeps it, else a colleague shares it.</summary>
internal sealed record KeptView(SavedViewId Id, string Path, string Name, string Query, bool Shared, bool Own, string KeptBy, DateTime At);

/// <summary>Who is in, by which keys, and what people keep for themselves: what the pages do with sessions, tokens, a partner's people and views of lists.</summary>
internal static class AccessApi
{
    internal sealed record ViewInput(string? Path, string? Name, string? Query, bool Shared);

    internal sealed record MadeView(SavedViewId Id);

    internal sealed record ColleagueInput(string? Name, string? Email, string? Role);

    public static void Map(IEndpointRouteBuilder api)
    {
        MapSessions(api);
        MapKeys(api);
        MapViews(api);
        api.MapPost("/partners/{partner}/people", InviteAsync).WithName("InviteColleague").WithTags("People").WithSummary("As a partner's admin, invite a colleague by mail; the vendor's people invite over /partners/{id}/invitations")
            .Produces<PeopleApi.Made>(201).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).Requires(IdentityPermissions.InvitePartnerPeople);
    }

    private static void MapSessions(IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", SessionsAsync).WithName("ListSessions").WithTags("People").WithSummary("Where people are signed in now, those seen last first")
            .Produces<Page<OpenSession>>().ProducesProblem(403).Requires(IdentityPermissions.ManageSessions);
        api.MapDelete("/sessions/{session}", async (EndSession end, SessionId session, CancellationToken ct) => (await end.RunAsync(session, ct)).ToOk())
            .WithName("EndSession").WithTags("People").WithSummary("Sign a person out in one browser").Produces<Done>().ProducesProblem(403).ProducesProblem(404).Requires(IdentityPermissions.ManageSessions);
        api.MapGet("/settings/sign-in", async (Work work, CancellationToken ct) => Results.Json(await FactorCount.ReadAsync(work, ct), Json.Options))
            .WithName("GetSignInPolicy").WithTags("Settings").WithSummary("Whether your own people need a second factor, and how many of them have one; it is changed on its page alone").Produces<FactorCount>().ProducesProblem(403).Requires(IdentityPermissions.ManageSignIn);
    }

    private static void MapKeys(IEndpointRouteBuilder api)
    {
        api.MapDelete("/tokens/{key}", async (RevokeToken revoke, string key, CancellationToken ct) => (await revoke.RunAsync(key, ct)).ToOk())
            .WithName("RevokeToken").WithTags("Keys").WithSummary("End a token of yours, also the one that asks").Produces<Done>().ProducesProblem(403).ProducesProblem(404).Requires(IdentityPermissions.UseTokens);
        api.MapGet("/service-accounts/{service}/keys", ServiceKeysAsync).WithName("ListServiceKeys").WithTags("Keys").WithSummary("The keys of a service account that work")
            .Produces<TokenItem[]>().ProducesProblem(403).ProducesProblem(404).Requires(IdentityPermissions.ManageServices);
    }

    private static void MapViews(IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Views").ProducesProblem(403);
        views.MapGet("/", ViewsAsync).WithName("ListViews").WithSummary("Your views of lists and those that colleagues share, by name; path names one list, such as /app/deals").Produces<Page<KeptView>>().Requires(IdentityPermissions.UseTokens);
        views.MapPost("/", SaveAsync).WithName("SaveView").WithSummary("Keep search, filters and order of a list; the same name of the same list is written over").Produces<MadeView>(201).ProducesProblem(409).ProducesProblem(422).Requires(IdentityPermissions.UseTokens);
        views.MapDelete("/{view}", async (Work work, SavedViewId view, CancellationToken ct) => (await SavedViews.DropAsync(work, view, ct)).Then<MadeView>(id => new MadeView(id)).ToOk())
            .WithName("DropView").WithSummary("Drop a view of your own").Produces<MadeView>().ProducesProblem(404).Requires(IdentityPermissions.UseTokens);
    }

    private static async Task<IResult> SessionsAsync(Work work, string? q, string? side, string? by, string? cursor, int? size, CancellationToken ct) =>
        Results.Json((await SessionList.FindAsync(work, q, side, by, new Paging(cursor, size ?? 50), ct)).Select(s => new OpenSession(s.Id, s.Person, s.Name, s.PartnerName, s.Device, s.Address, s.By, s.TwoFactors, s.Since, s.SeenAt)), Json.Options);

    private static async Task<IResult> ServiceKeysAsync(Work work, PersonId service, CancellationToken ct) => await Services.RefusalAsync(work, service, ct) is { } refused
        ? refused.ToResult()
        : Results.Json((await KeyRing.OfAsync(work, service, ct)).Select(k => k with { Hash = KeyRing.Short(k.Hash) }), Json.Options);

    private static async Task<IResult> ViewsAsync(Work work, string? path, string? cursor, int? size, CancellationToken ct)
    {
        var me = work.Actor.Person;
        return Results.Json((await SavedViews.PageAsync(work, Text.OrNull(path), new Paging(cursor, size ?? 50), ct)).Select(v => new KeptView(v.Id, v.Path, v.Name, v.Query, v.Shared, v.Person == me, v.PersonName, v.At)), Json.Options);
    }

    private static async Task<IResult> SaveAsync(Work work, ViewInput input, CancellationToken ct) =>
        (await SavedViews.SaveAsync(work, input.Path ?? "", input.Query ?? "", input.Name ?? "", input.Shared, ct)).Then<MadeView>(id => new MadeView(id)).ToCreated(_ => "/api/v1/views");

    private static async Task<IResult> InviteAsync(JoinPartner join, Work work, Links links, PartnerId partner, ColleagueInput input, CancellationToken ct)
    {
        if (work.Actor.Partner != partner) return Problem.Missing("partner").ToResult();
        var joined = await join.RunAsync(new NewMember(input.Name ?? "", input.Email ?? "", partner, work.Actor.PartnerName!, input.Role ?? "", secret => links.To($"/sign-in/link?key={secret}")), ct);
        return joined.Then<PeopleApi.Made>(id => new PeopleApi.Made(id)).ToCreated(_ => $"/api/v1/partners/{partner}/people");
    }
}
