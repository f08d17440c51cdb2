using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Published;

namespace Trellis.Partners;

/// <summary>The answer to a post that made a record.</summary>
internal sealed record Made<TId>(TId Id);

internal sealed record TierInput(Tier? Tier, string? Reason);

internal sealed record ManagerInput(PersonId? Manager);

internal static class PartnersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var partners = api.MapGroup("/partners").WithTags("Partners").ProducesProblem(403);
        partners.MapGet("/", ListAsync).WithName("ListPartners").WithSummary("Partners, page by page; custom fields filter as field.<key>, field.<key>.from and field.<key>.to, and order as sort=field.<key>").Produces<Page<PartnerListItem>>().Requires(PartnersPermissions.View);
        partners.MapPost("/", CreateAsync).WithName("CreatePartner").WithSummary("Create a partner").Produces<Made<PartnerId>>(201).ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.Manage);

        var one = partners.MapGroup("/{id}").ProducesProblem(404);
        one.MapGet("/", GetAsync).WithName("GetPartner").WithSummary("One partner in full").Produces<PartnerDetails>().Requires(PartnersPermissions.View);
        one.MapPatch("/", UpdateAsync).WithName("UpdatePartner").WithSummary("Change a partner's profile").Produces<PartnerDetails>().ProducesProblem(412).ProducesProblem(422).Requires(PartnersPermissions.EditProfile);
        one.MapPost("/state", StateAsync).WithName("ChangePartnerState").WithSummary("Move a partner along its lifecycle").Produces<PartnerDetails>().ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.ChangeState);
        one.MapPut("/tier", TierAsync).WithName("AssignPartnerTier").WithSummary("Assign a tier, with the reason").Produces<PartnerDetails>().ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.AssignTier);
        one.MapPut("/manager", ManagerAsync).WithName("AssignPartnerManager").WithSummary("Assign the partner manager").Produces<PartnerDetails>().ProducesProblem(422).Requires(PartnersPermissions.AssignManager);
        one.MapPut("/motions/{motion}", SetMotionAsync).WithName("SetPartnerMotion").WithSummary("Add or change a motion").Produces<PartnerDetails>().ProducesProblem(422).Requires(PartnersPermissions.Manage);
        one.MapDelete("/motions/{motion}", EndMotionAsync).WithName("EndPartnerMotion").WithSummary("End a motion today").Produces<PartnerDetails>().ProducesProblem(409).Requires(PartnersPermissions.Manage);
        one.MapGet("/contacts", ContactsAsync).WithName("ListPartnerContacts").WithSummary("The partner's people").Produces<List<ContactItem>>().Requires(PartnersPermissions.View);
        one.MapPost("/contacts", AddContactAsync).WithName("AddPartnerContact").WithSummary("Add a contact").Produces<Made<ContactId>>(201).ProducesProblem(422).Requires(PartnersPermissions.Manage);
        one.MapPost("/invitations", InviteAsync).WithName("InvitePartnerPerson").WithSummary("Give a person at the partner access, by a mailed link").Produces<Made<ContactId>>(201).ProducesProblem(409).ProducesProblem(422).Requires(PartnersPermissions.Invite);
        one.MapGet("/notes", NotesAsync).WithName("ListPartnerNotes").WithSummary("Notes, calls, meetings and mails, page by page, what was written last first; a partner's token sees the shared ones").Produces<Page<NoteItem>>().Requires(PartnersPermissions.View);
        one.MapPost("/notes", AddNoteAsync).WithName("AddPartnerNote").WithSummary("Write down a note, a call, a meeting or a mail, internal unless shared").Produces<Made<NoteId>>(201).ProducesProblem(422).Requires(PartnersPermissions.AddNote);
        one.MapGet("/relations", RelationsAsync).WithName("ListPartnerRelations").WithSummary("Partners tied to this one").Produces<IReadOnlyList<RelationItem>>().Requires(PartnersPermissions.View);
        one.MapPost("/relations", RelateAsync).WithName("RelatePartners").WithSummary("Tie two partners together").Produces(204).ProducesProblem(422).Requires(PartnersPermissions.Manage);
    }

    private static async Task<IResult> ListAsync(Work work, CustomFields fields, HttpContext http, [AsParameters] PartnerQuery query, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await fields.TellAsync("partners", await PartnerList.PageAsync(work, query.Read() with { Fields = await fields.ConditionsAsync("partners", FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync("partners", query.Sort, ct) }, new Paging(cursor, size ?? 50), ct), p => p.Id.ToString(), (p, own) => p with { Fields = own }, ct), Json.Options);

    private static async Task<IResult> CreateAsync(CreatePartner create, NewPartner input, CancellationToken ct) =>
        (await create.RunAsync(input, ct)).Then<Made<PartnerId>>(id => new Made<PartnerId>(id)).ToCreated(made => $"/api/v1/partners/{made.Id}");

    private static async Task<IResult> GetAsync(Work work, CustomFields fields, PartnerId id, CancellationToken ct)
    {
        var found = await PartnerPage.LoadAsync(work, id, ct);
        return found.Ok ? (found.Value with { Fields = await fields.TellAsync("partners", found.Value.Id.ToString(), ct) }).Told() : found.ToOk();
    }

    private static async Task<IResult> UpdateAsync(
        Work work, UpdatePartner update, PartnerId id, ProfileChanges changes, [FromHeader(Name = "If-Match")] string? match, CancellationToken ct)
    {
        if (match is not null) changes = changes with { Version = long.TryParse(match.Trim('"'), out var version) ? version : -1 };
        return await ShowAsync(work, id, await update.RunAsync((id, changes), ct), ct);
    }

    private static async Task<IResult> StateAsync(Work work, ChangeState change, PartnerId id, StateChange input, CancellationToken ct) =>
        await ShowAsync(work, id, await change.RunAsync((id, input), ct), ct);

    private static async Task<IResult> TierAsync(Work work, AssignTier assign, PartnerId id, TierInput input, CancellationToken ct) =>
        await ShowAsync(work, id, await assign.RunAsync(new TierAssignment(id, input.Tier, input.Reason), ct), ct);

    private static async Task<IResult> ManagerAsync(Work work, AssignManager assign, PartnerId id, ManagerInput input, CancellationToken ct) =>
        await ShowAsync(work, id, await assign.RunAsync((id, input.Manager), ct), ct);

    private static async Task<IResult> SetMotionAsync(Work work, SetMotion set, PartnerId id, string motion, MotionSetting input, CancellationToken ct) =>
        await ShowAsync(work, id, Words.Parse<Motion>(motion) is { } known ? await set.RunAsync((id, known, input), ct) : PartnersProblems.NoMotion(), ct);

    private static async Task<IResult> EndMotionAsync(Work work, EndMotion end, PartnerId id, string motion, CancellationToken ct) =>
        await ShowAsync(work, id, Words.Parse<Motion>(motion) is { } known ? await end.RunAsync((id, known), ct) : PartnersProblems.NoMotion(), ct);

    private static async Task<IResult> ContactsAsync(Work work, CustomFields fields, PartnerId id, CancellationToken ct) => await OfPartnerAsync(work, id, async (w, partner, token) =>
    {
        var contacts = await PartnerPage.ContactsAsync(w, partner, token);
        var table = await fields.TableAsync(PartnerContactRecords.Name, contacts.Select(c => c.Id.ToString()), token);
        return contacts.ConvertAll(c => c with { Fields = table.Told(c.Id.ToString()) });
    }, ct);

    private static async Task<IResult> AddContactAsync(AddContact add, PartnerId id, NewContact input, CancellationToken ct) =>
        (await add.RunAsync((id, input), ct)).Then<Made<ContactId>>(made => new Made<ContactId>(made)).ToCreated(_ => $"/api/v1/partners/{id}/contacts");

    private static async Task<IResult> InviteAsync(InvitePerson invite, HttpContext http, PartnerId id, Invitation input, CancellationToken ct) =>
        (await invite.RunAsync((id, input, InvitationLinks.Of(http)), ct)).Then<Made<ContactId>>(made => new Made<ContactId>(made)).ToCreated(_ => $"/api/v1/partners/{id}/contacts");

    private static async Task<IResult> NotesAsync(Work work, PartnerId id, string? cursor, int? size, CancellationToken ct) =>
        await OfPartnerAsync(work, id, (w, partner, token) => PartnerPage.NotesAsync(w, partner, new Paging(cursor, size ?? 50), token), ct);

    private static async Task<IResult> AddNoteAsync(AddNote add, PartnerId id, NewNote input, CancellationToken ct) =>
        (await add.RunAsync((id, input), ct)).Then<Made<NoteId>>(made => new Made<NoteId>(made)).ToCreated(_ => $"/api/v1/partners/{id}/notes");

    private static async Task<IResult> RelationsAsync(Work work, PartnerId id, CancellationToken ct) => await OfPartnerAsync(work, id, PartnerPage.RelationsAsync, ct);

    private static async Task<IResult> RelateAsync(Relate relate, PartnerId id, NewRelation input, CancellationToken ct) =>
        await relate.RunAsync((id, input), ct) is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.NoContent();

    private static async Task<IResult> ShowAsync<T>(Work work, PartnerId id, Result<T> done, CancellationToken ct) =>
        done.Ok ? (await PartnerPage.LoadAsync(work, id, ct)).ToOk() : done.Problem.ToResult();

    // A list below a partner that is absent or foreign is not an empty list.
    private static async Task<IResult> OfPartnerAsync<T>(Work work, PartnerId id, Func<Work, PartnerId, CancellationToken, Task<T>> load, CancellationToken ct) =>
        await PartnerPage.LoadAsync(work, id, ct) is var partner && partner is { Ok: false, Problem: { } problem } ? problem.ToResult() : Results.Json(await load(work, partner.Value.Id, ct), Json.Options);
}
