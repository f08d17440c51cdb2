using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The routes of SCIM 2.0 below <c>/scim/v2</c>, for a key with the permission to provision.</summary>
internal static class ScimRoutes
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder web)
    {
        var scim = web.MapGroup("/scim/v2").Requires(IdentityPermissions.Provision).DisableAntiforgery().ExcludeFromDescription();
        scim.MapGet("/ServiceProviderConfig", (Links links) => ScimJson.Answer(ScimDiscovery.Config(Root(links))));
        scim.MapGet("/ResourceTypes", (Links links) => ScimJson.Answer(ScimJson.List([ScimDiscovery.ResourceType("User", Root(links)), ScimDiscovery.ResourceType("Group", Root(links))], 2, 1)));
        scim.MapGet("/ResourceTypes/{name}", (string name, Links links) => name is "User" or "Group" ? ScimJson.Answer(ScimDiscovery.ResourceType(name, Root(links))) : ScimJson.Refuse(Problem.Missing("resource type")));
        scim.MapGet("/Schemas", (Links links) => ScimJson.Answer(ScimJson.List([ScimDiscovery.UserSchema(Root(links)), ScimDiscovery.GroupSchema(Root(links))], 2, 1)));
        scim.MapGet("/Schemas/{id}", (string id, Links links) => id == ScimJson.UserSchema ? ScimJson.Answer(ScimDiscovery.UserSchema(Root(links)))
            : id == ScimJson.GroupSchema ? ScimJson.Answer(ScimDiscovery.GroupSchema(Root(links))) : ScimJson.Refuse(Problem.Missing("schema")));
        scim.MapGet("/Users", UsersAsync);
        scim.MapPost("/Users", AddUserAsync);
        scim.MapGet("/Users/{id}", UserAsync);
        scim.MapPut("/Users/{id}", (PersonId id, HttpContext http, ChangeProvisioned change, Work work, Links links, CancellationToken ct) => ChangeUserAsync(id, false, http, change, work, links, ct));
        scim.MapPatch("/Users/{id}", (PersonId id, HttpContext http, ChangeProvisioned change, Work work, Links links, CancellationToken ct) => ChangeUserAsync(id, true, http, change, work, links, ct));
        scim.MapDelete("/Users/{id}", async (PersonId id, HttpContext http, RemoveProvisioned remove, CancellationToken ct) => Gone(await remove.RunAsync((id, Wanted(http)), ct)));
        scim.MapGet("/Groups", GroupsAsync);
        scim.MapPost("/Groups", AddGroupAsync);
        scim.MapGet("/Groups/{id}", GroupAsync);
        scim.MapPut("/Groups/{id}", (GroupId id, HttpContext http, SaveGroup save, Work work, Links links, CancellationToken ct) => ChangeGroupAsync(id, false, http, save, work, links, ct));
        scim.MapPatch("/Groups/{id}", (GroupId id, HttpContext http, SaveGroup save, Work work, Links links, CancellationToken ct) => ChangeGroupAsync(id, true, http, save, work, links, ct));
        scim.MapDelete("/Groups/{id}", async (GroupId id, HttpContext http, RemoveGroup remove, CancellationToken ct) => Gone(await remove.RunAsync((id, Wanted(http)), ct)));
    }

    private static async Task<IResult> UsersAsync(Work work, Links links, string? filter, long? startIndex, long? count, CancellationToken ct)
    {
        var (start, rows) = Window(startIndex, count);
        var found = await ScimUsers.FindAsync(work, filter, start, rows, ct);
        if (!found.Ok) return ScimJson.Refuse(found.Problem);
        var groups = await ScimUsers.GroupsAsync(work, [.. found.Value.Page.Select(p => p.Id)], ct);
        return ScimJson.Answer(ScimJson.List(found.Value.Page.Select(p => ScimJson.User(p, groups[p.Id], Root(links))), found.Value.Total, start));
    }

    private static async Task<IResult> UserAsync(PersonId id, HttpContext http, Work work, Links links, CancellationToken ct)
    {
        if (await ScimUsers.All(work.Db).AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person) return ScimJson.Refuse(Problem.Missing("user"));
        return Unchanged(http, person.Version) ? Results.StatusCode(304) : ScimJson.Answer(ScimJson.User(person, (await ScimUsers.GroupsAsync(work, [id], ct))[id], Root(links)));
    }

    private static async Task<IResult> AddUserAsync(HttpContext http, ProvisionPerson provision, Links links, CancellationToken ct)
    {
        var body = await BodyAsync(http, ct);
        if (!body.Ok) return ScimJson.Refuse(body.Problem);
        var made = await provision.RunAsync(body.Value, ct);
        return made.Ok ? ScimJson.Answer(ScimJson.User(made.Value, [], Root(links)), 201, $"{Root(links)}/Users/{made.Value.Id}") : ScimJson.Refuse(made.Problem);
    }

    private static async Task<IResult> ChangeUserAsync(PersonId id, bool patch, HttpContext http, ChangeProvisioned change, Work work, Links links, CancellationToken ct)
    {
        var body = await BodyAsync(http, ct);
        if (!body.Ok) return ScimJson.Refuse(body.Problem);
        var changed = await change.RunAsync(new ScimChange(id, Wanted(http), json => patch ? ScimPatch.Apply(json, body.Value) : Replace(json, body.Value)), ct);
        if (!changed.Ok) return ScimJson.Refuse(changed.Problem);
        return ScimJson.Answer(ScimJson.User(changed.Value, (await ScimUsers.GroupsAsync(work, [id], ct))[id], Root(links)));
    }

    private static async Task<IResult> GroupsAsync(Work work, Links links, string? filter, long? startIndex, long? count, string? excludedAttributes, CancellationToken ct)
    {
        var (start, rows) = Window(startIndex, count);
        var found = await ScimGroups.FindAsync(work, filter, start, rows, ct);
        if (!found.Ok) return ScimJson.Refuse(found.Problem);
        var members = WithoutMembers(excludedAttributes) ? null : await ScimGroups.MembersAsync(work, [.. found.Value.Page.Select(g => g.Id)], ct);
        return ScimJson.Answer(ScimJson.List(found.Value.Page.Select(g => ScimJson.Group(g, members?[g.Id], Root(links))), found.Value.Total, start));
    }

    private static async Task<IResult> GroupAsync(GroupId id, HttpContext http, Work work, Links links, string? excludedAttributes, CancellationToken ct)
    {
        if (await work.Db.Set<DirectoryGroup>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == id, ct) is not { } group) return ScimJson.Refuse(Problem.Missing("group"));
        if (Unchanged(http, group.Version)) return Results.StatusCode(304);
        return ScimJson.Answer(ScimJson.Group(group, WithoutMembers(excludedAttributes) ? null : (await ScimGroups.MembersAsync(work, [id], ct))[id], Root(links)));
    }

    private static async Task<IResult> AddGroupAsync(HttpContext http, SaveGroup save, Work work, Links links, CancellationToken ct)
    {
        var body = await BodyAsync(http, ct);
        if (!body.Ok) return ScimJson.Refuse(body.Problem);
        var made = await save.RunAsync(new GroupChange(null, null, json => Replace(json, body.Value)), ct);
        if (!made.Ok) return ScimJson.Refuse(made.Problem);
        return ScimJson.Answer(ScimJson.Group(made.Value, (await ScimGroups.MembersAsync(work, [made.Value.Id], ct))[made.Value.Id], Root(links)), 201, $"{Root(links)}/Groups/{made.Value.Id}");
    }

    private static async Task<IResult> ChangeGroupAsync(GroupId id, bool patch, HttpContext http, SaveGroup save, Work work, Links links, CancellationToken ct)
    {
        var body = await BodyAsync(http, ct);
        if (!body.Ok) return ScimJson.Refuse(body.Problem);
        var changed = await save.RunAsync(new GroupChange(id, Wanted(http), json => patch ? ScimPatch.Apply(json, body.Value) : Replace(json, body.Value)), ct);
        return changed.Ok ? ScimJson.Answer(ScimJson.Group(changed.Value, (await ScimGroups.MembersAsync(work, [id], ct))[id], Root(links))) : ScimJson.Refuse(changed.Problem);
    }

    // PUT says all: what it leaves out is gone.
    private static Problem? Replace(JsonObject json, JsonObject by)
    {
        foreach (var name in json.Select(p => p.Key).Where(k => k is not ("id" or "meta" or "schemas")).ToList()) json.Remove(name);
        foreach (var (name, value) in by) json.Put(name, value);
        return null;
    }

    private static async Task<Result<JsonObject>> BodyAsync(HttpContext http, CancellationToken ct)
    {
        var type = http.Request.ContentType ?? "";
        if (!type.StartsWith(ScimJson.Media, StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return ScimProblems.InvalidSyntax($"Send JSON: Content-Type: {ScimJson.Media}.");
        if (http.Request.ContentLength > 2_000_000) return ScimProblems.InvalidSyntax("The body is too large.");
        try
        {
            return await JsonNode.ParseAsync(http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }, cancellationToken: ct) is JsonObject body
                ? body : ScimProblems.InvalidSyntax("The body is an object.");
        }
        catch (JsonException)
        {
            return ScimProblems.InvalidSyntax("The body is not JSON.");
        }
    }

    private static IResult Gone(Result<Done> removed) => removed.Ok ? Results.NoContent() : ScimJson.Refuse(removed.Problem);

    // Values below the range mean its end (RFC 7644, section 3.4.2.4).
    private static (int Start, int Count) Window(long? start, long? count) => ((int)Math.Clamp(start ?? 1, 1, int.MaxValue), (int)Math.Clamp(count ?? 100, 0, Most));

    private static bool WithoutMembers(string? excluded) => excluded?.Split(',').Any(a => a.Trim().Equals("members", StringComparison.OrdinalIgnoreCase)) == true;

    private static long? Wanted(HttpContext http) => Version(http.Request.Headers.IfMatch.ToString());

    private static bool Unchanged(HttpContext http, long version) => Version(http.Request.Headers.IfNoneMatch.ToString()) == version;

    private static long? Version(string tag) =>
        tag.Length == 0 || tag == "*" ? null : long.TryParse(tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..].Trim('"') : tag.Trim('"'), out var version) ? version : -1;

    private static string Root(Links links) => links.To("/scim/v2");
}
