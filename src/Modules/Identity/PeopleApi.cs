using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The API of administering people.</summary>
internal static class PeopleApi
{
    internal sealed record RoleNames(string Name);

    internal sealed record RoleInput(string Name, string? Summary, string[]? Permissions, long? Version);

    internal sealed record RolesInput(string[]? Roles);

    internal sealed record StateInput(PersonState State);

    internal sealed record Invited(string Name, string Email, string Role);

    internal sealed record Made(PersonId Id);

    public static void Map(IEndpointRouteBuilder api)
    {
        MapRoles(api);
        MapInvitations(api);
        MapMembers(api);
        MapOwn(api);
        MapKeys(api);
        MapSafety(api);
    }

    private static void MapRoles(IEndpointRouteBuilder api)
    {
        api.MapGet("/roles", async (RoleBook book, CancellationToken ct) => Results.Json(await book.AllAsync(ct), Json.Options)).WithName("ListRoles").WithTags("People").WithSummary("The roles and what each may do")
            .Produces<RoleItem[]>().ProducesProblem(403).Requires(IdentityPermissions.ViewPeople);
        api.MapPut("/roles/{code}", async (SaveRole save, string code, RoleInput input, CancellationToken ct) => (await save.RunAsync(new RoleChange(code, input.Name, input.Summary, input.Permissions, input.Version), ct)).ToOk())
            .WithName("SaveRole").WithTags("People").WithSummary("Rename a role or change what it may do").Produces<RoleItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).Requires(IdentityPermissions.ManageRoles);
        api.MapPost("/roles/{code}/copies", async (CopyRole copy, string code, RoleNames input, CancellationToken ct) => (await copy.RunAsync((code, input.Name), ct)).ToCreated(r => $"/api/v1/roles/{r.Code}"))
            .WithName("CopyRole").WithTags("People").WithSummary("Make a new role out of another").Produces<RoleItem>(201).ProducesProblem(404).ProducesProblem(422).Requires(IdentityPermissions.ManageRoles);
        api.MapDelete("/roles/{code}", async (RemoveRole remove, string code, CancellationToken ct) => (await remove.RunAsync(code, ct)).ToOk())
            .WithName("RemoveRole").WithTags("People").WithSummary("Set a shipped role back, or remove one of your own").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.ManageRoles);
        api.MapPut("/people/{person}/roles", async (ChangeRoles change, PersonId person, RolesInput input, CancellationToken ct) => (await change.RunAsync((person, input.Roles), ct)).ToOk())
            .WithName("ChangeRoles").WithTags("People").WithSummary("Give one of the vendor's people other roles").Produces<Done>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IdentityPermissions.ManagePeople);
        api.MapGet("/groups", async (Work work, CancellationToken ct) => Results.Json(await GroupList.ReadAsync(work, ct), Json.Options)).WithName("ListGroups").WithTags("People").WithSummary("Groups of the company's directory and the roles they give")
            .Produces<GroupItem[]>().ProducesProblem(403).Requires(IdentityPermissions.ManageRoles);
        api.MapPut("/groups/{group}/roles", async (MapGroup map, GroupId group, RolesInput input, CancellationToken ct) => (await map.RunAsync((group, input.Roles), ct)).ToOk())
            .WithName("MapGroup").WithTags("People").WithSummary("Say which roles a directory group gives").Produces<Done>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IdentityPermissions.ManageRoles);
    }

    private static void MapInvitations(IEndpointRouteBuilder api)
    {
        api.MapPost("/invitations", async (InviteStaff invite, IdentityApi.NewStaff input, CancellationToken ct) => (await invite.RunAsync(new NewPerson(input.Name, input.Email, input.Roles), ct)).Then<Made>(id => new Made(id)).ToCreated(m => $"/api/v1/people/{m.Id}"))
            .WithName("InviteStaff").WithTags("People").WithSummary("Invite one of the vendor's people by mail").Produces<Made>(201).ProducesProblem(422).Requires(IdentityPermissions.ManagePeople);
        api.MapGet("/invitations", async (Work work, string? state, PartnerId? partner, string? cursor, int? size, CancellationToken ct) => Results.Json(await InvitationList.FindAsync(work, state, partner, new Paging(cursor, size ?? 50), ct), Json.Options))
            .WithName("ListInvitations").WithTags("People").WithSummary("Invitations and where they stand").Produces<Page<InvitationItem>>().ProducesProblem(403).Requires(IdentityPermissions.InvitePartnerPeople);
        api.MapPost("/invitations/{invitation}/resend", async (ResendInvitation resend, InvitationId invitation, CancellationToken ct) => (await resend.RunAsync(invitation, ct)).ToOk())
            .WithName("ResendInvitation").WithTags("People").WithSummary("Mail a new link; the one before opens nothing any more").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.InvitePartnerPeople);
        api.MapPost("/invitations/{invitation}/revoke", async (RevokeInvitation revoke, InvitationId invitation, CancellationToken ct) => (await revoke.RunAsync(invitation, ct)).ToOk())
            .WithName("RevokeInvitation").WithTags("People").WithSummary("Take an invitation back").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.InvitePartnerPeople);
    }

    private static void MapMembers(IEndpointRouteBuilder api)
    {
        api.MapGet("/partners/{partner}/people", async (Work work, RoleBook book, PartnerId partner, CancellationToken ct) => await Members.ReadAsync(work, book, partner, ct) is { Count: > 0 } people ? Results.Json(people, Json.Options) : Problem.Missing("partner with people").ToResult())
            .WithName("ListMembers").WithTags("People").WithSummary("The people of a partner").Produces<MemberItem[]>().ProducesProblem(403).Requires(IdentityPermissions.InvitePartnerPeople);
        api.MapPut("/partners/{partner}/people/{person}/roles", async (ChangeMemberRoles change, PartnerId partner, PersonId person, RolesInput input, CancellationToken ct) => (await change.RunAsync(new MemberChange(partner, person, input.Roles), ct)).ToOk())
            .WithName("ChangeMemberRoles").WithTags("People").WithSummary("Give a partner's person other roles there").Produces<Done>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IdentityPermissions.InvitePartnerPeople);
        api.MapPost("/partners/{partner}/people/{person}/state", async (ChangeMemberState change, PartnerId partner, PersonId person, StateInput input, CancellationToken ct) => (await change.RunAsync(new MemberChange(partner, person, null, input.State), ct)).ToOk())
            .WithName("ChangeMemberState").WithTags("People").WithSummary("Suspend a person at one partner, or let it in again").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.InvitePartnerPeople);
        api.MapDelete("/partners/{partner}/people/{person}", async (RemoveMember remove, PartnerId partner, PersonId person, CancellationToken ct) => (await remove.RunAsync(new MemberChange(partner, person), ct)).ToOk())
            .WithName("RemoveMember").WithTags("People").WithSummary("End that a person belongs to a partner").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.InvitePartnerPeople);
        api.MapPost("/partners/{partner}/people/{person}/hand-over", async (HandOver hand, PartnerId partner, PersonId person, CancellationToken ct) => (await hand.RunAsync(new MemberChange(partner, person), ct)).ToOk())
            .WithName("HandOver").WithTags("People").WithSummary("Make a colleague the admin of your partner and step down").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.InvitePartnerPeople);
    }

    private static void MapOwn(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/invitations", async (Work work, RoleBook book, CancellationToken ct) => Results.Json(await Acceptance.OpenAsync(work, book, ct), Json.Options))
            .WithName("MyInvitations").WithTags("People").WithSummary("Companies that ask you to act for them").Produces<OwnInvitation[]>().ProducesProblem(403).Requires(IdentityPermissions.UseTokens);
        api.MapPost("/me/invitations/{invitation}/accept", async (AcceptInvitation accept, InvitationId invitation, CancellationToken ct) => (await accept.RunAsync(invitation, ct)).ToOk())
            .WithName("AcceptMyInvitation").WithTags("People").WithSummary("Act for the company that invites you").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.UseTokens);
        api.MapPost("/me/invitations/{invitation}/decline", async (DeclineInvitation decline, InvitationId invitation, CancellationToken ct) => (await decline.RunAsync(invitation, ct)).ToOk())
            .WithName("DeclineMyInvitation").WithTags("People").WithSummary("Say no to the company that invites you").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.UseTokens);
        api.MapPost("/me/leave", async (LeavePartner leave, CancellationToken ct) => (await leave.RunAsync(default, ct)).ToOk())
            .WithName("LeavePartner").WithTags("People").WithSummary("Leave the partner for which you act; its last admin hands over first").Produces<Done>().ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.UseTokens);
    }

    private static void MapKeys(IEndpointRouteBuilder api)
    {
        api.MapGet("/tokens", async (Work work, CancellationToken ct) => Results.Json((await OwnTokens.ReadAsync(work, ct)).Select(t => t with { Hash = KeyRing.Short(t.Hash) }), Json.Options))
            .WithName("ListTokens").WithTags("Keys").WithSummary("Your API tokens").Produces<TokenItem[]>().ProducesProblem(403).Requires(IdentityPermissions.UseTokens);
        api.MapPost("/tokens", async (IssueNarrowToken issue, KeyWish input, CancellationToken ct) => (await issue.RunAsync(input, ct)).ToCreated(_ => "/api/v1/tokens"))
            .WithName("IssueToken").WithTags("Keys").WithSummary("Issue an API token, narrowed where wished").Produces<NewToken>(201).ProducesProblem(422).Requires(IdentityPermissions.UseTokens);
        api.MapPost("/tokens/{key}/rotate", async (RotateToken rotate, string key, CancellationToken ct) => (await rotate.RunAsync((null, key), ct)).ToCreated(_ => "/api/v1/tokens"))
            .WithName("RotateToken").WithTags("Keys").WithSummary("Replace a token; the old one works for a day more").Produces<NewToken>(201).ProducesProblem(404).ProducesProblem(409).Requires(IdentityPermissions.UseTokens);
        api.MapGet("/service-accounts", async (Work work, RoleBook book, CancellationToken ct) => Results.Json(await Services.ReadAsync(work, book, ct), Json.Options))
            .WithName("ListServices").WithTags("Keys").WithSummary("Programs with keys of their own").Produces<ServiceItem[]>().ProducesProblem(403).Requires(IdentityPermissions.ManageServices);
        api.MapPost("/service-accounts", async (CreateService create, NewService input, CancellationToken ct) => (await create.RunAsync(input, ct)).Then<Made>(id => new Made(id)).ToCreated(m => $"/api/v1/service-accounts/{m.Id}"))
            .WithName("CreateService").WithTags("Keys").WithSummary("Create a service account").Produces<Made>(201).ProducesProblem(422).Requires(IdentityPermissions.ManageServices);
        api.MapPost("/service-accounts/{service}/keys", async (IssueServiceKey issue, PersonId service, KeyWish input, CancellationToken ct) => (await issue.RunAsync((service, input), ct)).ToCreated(_ => $"/api/v1/service-accounts/{service}"))
            .WithName("IssueServiceKey").WithTags("Keys").WithSummary("Issue a key for a service account").Produces<NewToken>(201).ProducesProblem(404).ProducesProblem(422).Requires(IdentityPermissions.ManageServices);
        api.MapPost("/service-accounts/{service}/keys/{key}/rotate", async (RotateToken rotate, PersonId service, string key, CancellationToken ct) => (await rotate.RunAsync((service, key), ct)).ToCreated(_ => $"/api/v1/service-accounts/{service}"))
            .WithName("RotateServiceKey").WithTags("Keys").WithSummary("Replace a key; the old one works for a day more").Produces<NewToken>(201).ProducesProblem(404).ProducesProblem(422).Requires(IdentityPermissions.ManageServices);
        api.MapDelete("/service-accounts/{service}/keys/{key}", async (RevokeServiceKey revoke, PersonId service, string key, CancellationToken ct) => (await revoke.RunAsync((service, key), ct)).ToOk())
            .WithName("RevokeServiceKey").WithTags("Keys").WithSummary("End a key of a service account").Produces<Done>().ProducesProblem(404).Requires(IdentityPermissions.ManageServices);
    }

    private static void MapSafety(IEndpointRouteBuilder api)
    {
        api.MapPost("/audit/verify", async (VerifyAudit verify, CancellationToken ct) => (await verify.RunAsync(ct)).ToOk())
            .WithName("VerifyAudit").WithTags("Identity").WithSummary("Check that nothing in the audit was changed, removed, swapped or cut off").Produces<ChainReport>().ProducesProblem(403).Requires(IdentityPermissions.VerifyAudit);
        api.MapGet("/me/personal-data", async (ExportPersonalData export, Work work, CancellationToken ct) => PeopleRoutes.File(await export.RunAsync(work.Actor.Person, ct)))
            .WithName("MyPersonalData").WithTags("People").WithSummary("What is kept about you, as a zip of JSON files").Produces(200, contentType: "application/zip").ProducesProblem(403).Requires(IdentityPermissions.UseTokens);
        api.MapGet("/people/{person}/personal-data", async (ExportPersonalData export, PersonId person, CancellationToken ct) => PeopleRoutes.File(await export.RunAsync(person, ct)))
            .WithName("PersonalData").WithTags("People").WithSummary("What is kept about a person, as a zip of JSON files").Produces(200, contentType: "application/zip").ProducesProblem(403).ProducesProblem(404).Requires(IdentityPermissions.HandlePersonalData);
        api.MapPost("/people/{person}/erase", async (ErasePerson erase, PersonId person, ErasureInput input, CancellationToken ct) => (await erase.RunAsync(new ErasureWish(person, input.Address, input.Reason), ct)).Then<ErasedRows>(rows => new ErasedRows(rows)).ToOk())
            .WithName("ErasePerson").WithTags("People").WithSummary("Forget a person; what it did stays in the books").Produces<ErasedRows>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(IdentityPermissions.HandlePersonalData);
    }

    internal sealed record ErasureInput(string? Address, string? Reason);

    internal sealed record ErasedRows(int Records);
}
