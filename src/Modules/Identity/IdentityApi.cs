using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Who the caller is and what the caller may do.</summary>
internal sealed record Me(PersonId Id, string Name, string Email, string Tenant, PartnerId? Partner, string? PartnerName, string[] Roles, string[] Permissions);

internal static class IdentityApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me", MyselfAsync).WithName("Me").WithTags("Identity").WithSummary("Who the caller is")
            .Produces<Me>().ProducesProblem(403).Requires(IdentityPermissions.UseTokens);
        api.MapGet("/people", PeopleAsync).WithName("ListPeople").WithTags("Identity").WithSummary("The people who may sign in")
            .Produces<Page<PersonItem>>().ProducesProblem(403).Requires(IdentityPermissions.ViewPeople);
        api.MapPost("/people", CreateAsync).WithName("CreatePerson").WithTags("Identity").WithSummary("Let one of the vendor's people sign in")
            .Produces<PersonId>(201).ProducesProblem(422).Requires(IdentityPermissions.ManagePeople);
        api.MapPost("/people/{person}/state", StateAsync).WithName("ChangePersonState").WithTags("Identity").WithSummary("Suspend a person, or let one in again")
            .Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.ManagePeople);
        api.MapGet("/audit", AuditAsync).WithName("ListAudit").WithTags("Identity").WithSummary("The audit, newest first")
            .Produces<Page<AuditItem>>().ProducesProblem(403).Requires(IdentityPermissions.ViewAudit);
        api.MapGet("/search", SearchAsync).WithName("Search").WithTags("Identity").WithSummary("Find records and pages")
            .Produces<Hit[]>().ProducesProblem(403).Requires(IdentityPermissions.UseTokens);
    }

    internal sealed record NewStaff(string Name, string Email, string[]? Roles);

    internal sealed record NewState(PersonState State);

    private static async Task<IResult> PeopleAsync(Work work, string? q, string? side, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await PeopleList.FindAsync(work, q, side, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> CreateAsync(CreatePerson create, NewStaff input, CancellationToken ct) =>
        (await create.RunAsync(new NewPerson(input.Name, input.Email, input.Roles), ct)).ToCreated(id => $"/api/v1/people/{id}");

    private static async Task<IResult> StateAsync(ChangeState change, PersonId person, NewState input, CancellationToken ct) =>
        (await change.RunAsync((person, input.State), ct)).ToOk();

    private static async Task<IResult> AuditAsync(Work work, [AsParameters] AuditFilter filter, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await AuditList.FindAsync(work, filter, new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> SearchAsync(Search search, string? q, CancellationToken ct) => Results.Json(await search.FindAsync(q, ct), Json.Options);

    private static IResult MyselfAsync(CurrentActor current)
    {
        var a = current.Actor;
        return Results.Json(new Me(a.Person, a.Name, a.Email, a.TenantName, a.Partner, a.PartnerName, [.. a.Roles], [.. a.Permissions.Order()]), Json.Options);
    }
}
