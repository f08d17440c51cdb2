using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts.Contacts;

/// <summary>The answer to a post that made a contact.</summary>
internal sealed record MadeContact(ContactId Id);

internal static class ContactsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{id}/contacts", AddAsync).WithTags("Contacts").WithName("AddAccountContact").WithSummary("Add a person who works at an account").Produces<MadeContact>(201).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(AccountsPermissions.Manage);
        var contacts = api.MapGroup("/contacts").WithTags("Contacts").ProducesProblem(403);
        contacts.MapGet("/", ListAsync).WithName("ListContacts").WithSummary("People at accounts with their buying roles, page by page; custom fields filter as field.<key>, field.<key>.from and field.<key>.to, and order as sort=field.<key>").Produces<Page<ContactItem>>().Requires(AccountsPermissions.View);
        contacts.MapGet("/{id}", GetAsync).WithName("GetContact").WithSummary("One contact").Produces<ContactItem>().ProducesProblem(404).Requires(AccountsPermissions.View);
        contacts.MapPatch("/{id}", PatchAsync).WithName("ChangeContact").WithSummary("Change a contact; fields left out stay, a blank text empties the field").Produces<ContactItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).Requires(AccountsPermissions.Manage);
        contacts.MapDelete("/{id}", RemoveAsync).WithName("RemoveContact").WithSummary("Remove a contact for good").Produces(204).ProducesProblem(404).Requires(AccountsPermissions.Manage);
    }

    public static void MapWeb(IEndpointRouteBuilder web) => web.MapGet("/app/contacts.csv", ExportAsync).Requires(AccountsPermissions.View).ExcludeFromDescription();

    private static async Task<IResult> ListAsync(Work work, HttpContext http, CustomFields fields, string? q, string? role, string? consent, AccountId? account, string? lacks, string? sort, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await fields.TellAsync(ContactRecords.Name, await ContactList.PageAsync(work, await QueryAsync(http, fields, new ContactQuery(q, role, consent, account, sort) { Lacks = lacks }, ct), new Paging(cursor, size ?? 50), ct), c => c.Id.ToString(), (c, own) => c with { Fields = own }, ct), Json.Options);

    private static async Task<ContactQuery> QueryAsync(HttpContext http, CustomFields fields, ContactQuery query, CancellationToken ct) =>
        query with { Fields = await fields.ConditionsAsync(ContactRecords.Name, FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync(ContactRecords.Name, query.Sort, ct) };

    private static async Task<IResult> GetAsync(Work work, CustomFields fields, ContactId id, CancellationToken ct)
    {
        var found = await ContactList.FindAsync(work, id, ct);
        return found.Ok ? (found.Value with { Fields = await fields.TellAsync(ContactRecords.Name, id.ToString(), ct) }).Told() : found.ToOk();
    }

    private static async Task<IResult> AddAsync(AddAccountContact add, AccountId id, ContactInput input, CancellationToken ct) =>
        (await add.RunAsync((id, input), ct)).Then<MadeContact>(made => new MadeContact(made)).ToCreated(made => $"/api/v1/contacts/{made.Id}");

    private static async Task<IResult> PatchAsync(Work work, CustomFields fields, ChangeAccountContact change, ContactId id, ContactInput input, [FromHeader(Name = "If-Match")] string? match, CancellationToken ct)
    {
        var version = match is null ? (long?)null : long.TryParse(match.Trim('"'), out var given) ? given : -1;
        var changed = await change.RunAsync((id, input, version), ct);
        return changed.Ok ? await GetAsync(work, fields, id, ct) : changed.Problem.ToResult();
    }

    private static async Task<IResult> RemoveAsync(RemoveAccountContact remove, ContactId id, CancellationToken ct) =>
        (await remove.RunAsync(id, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.NoContent();

    private static async Task<IResult> ExportAsync(Work work, HttpContext http, CustomFields fields, string? q, string? role, string? consent, AccountId? account, string? lacks, string? sort, CancellationToken ct)
    {
        var query = await QueryAsync(http, fields, new ContactQuery(q, role, consent, account, sort) { Lacks = lacks }, ct);
        var own = await fields.OfAsync(ContactRecords.Name, ct);
        return Results.Stream(stream => Csv.WriteAsync(stream,
            ["Identifier in the CRM", "Account", "Name", "Title", "Mail", "Phone", "Buying role", "Consent", "Consent note", "Added", .. own.Select(f => f.Label)], Rows(work, fields, own, query), default),
            "text/csv; charset=utf-8", "contacts.csv");
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows(Work work, CustomFields fields, IReadOnlyList<CustomField> own, ContactQuery query)
    {
        await foreach (var part in ContactList.AllAsync(work, query, default).Chunk(Paging.Most))
        {
            var table = own.Count == 0 ? FieldTable.Empty : await fields.TableAsync(ContactRecords.Name, part.Select(c => c.Id.ToString()), default);
            foreach (var c in part)
                yield return [c.ExternalId, c.AccountName, c.Name, c.Title, c.Email, c.Phone, ContactWords.Label(c.Role), ContactWords.Label(c.Consent), c.ConsentNote, c.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. own.Select(f => table.Cell(c.Id.ToString(), f))];
        }
    }
}
