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
        contacts.MapGet("/", ListAsync).WithName("ListContacts").WithSummary("People at accounts with their buying roles, page by page").Produces<Page<ContactItem>>().Requires(AccountsPermissions.View);
        contacts.MapGet("/{id}", GetAsync).WithName("GetContact").WithSummary("One contact").Produces<ContactItem>().ProducesProblem(404).Requires(AccountsPermissions.View);
        contacts.MapPatch("/{id}", PatchAsync).WithName("ChangeContact").WithSummary("Change a contact; fields left out stay, a blank text empties the field").Produces<ContactItem>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422).Requires(AccountsPermissions.Manage);
        contacts.MapDelete("/{id}", RemoveAsync).WithName("RemoveContact").WithSummary("Remove a contact for good").Produces(204).ProducesProblem(404).Requires(AccountsPermissions.Manage);
    }

    public static void MapWeb(IEndpointRouteBuilder web) => web.MapGet("/app/contacts.csv", Export).Requires(AccountsPermissions.View).ExcludeFromDescription();

    private static async Task<IResult> ListAsync(Work work, string? q, string? role, string? consent, AccountId? account, string? sort, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await ContactList.PageAsync(work, new ContactQuery(q, role, consent, account, sort), new Paging(cursor, size ?? 50), ct), Json.Options);

    private static async Task<IResult> GetAsync(Work work, ContactId id, CancellationToken ct) => (await ContactList.FindAsync(work, id, ct)).ToOk();

    private static async Task<IResult> AddAsync(AddAccountContact add, AccountId id, ContactInput input, CancellationToken ct) =>
        (await add.RunAsync((id, input), ct)).Then<MadeContact>(made => new MadeContact(made)).ToCreated(made => $"/api/v1/contacts/{made.Id}");

    private static async Task<IResult> PatchAsync(Work work, ChangeAccountContact change, ContactId id, ContactInput input, [FromHeader(Name = "If-Match")] string? match, CancellationToken ct)
    {
        var version = match is null ? (long?)null : long.TryParse(match.Trim('"'), out var given) ? given : -1;
        var changed = await change.RunAsync((id, input, version), ct);
        return changed.Ok ? await GetAsync(work, id, ct) : changed.Problem.ToResult();
    }

    private static async Task<IResult> RemoveAsync(RemoveAccountContact remove, ContactId id, CancellationToken ct) =>
        (await remove.RunAsync(id, ct)) is { Ok: false } refused ? refused.Problem.ToResult() : Results.NoContent();

    private static IResult Export(Work work, string? q, string? role, string? consent, AccountId? account) =>
        Results.Stream(stream => Csv.WriteAsync(stream,
            ["Identifier in the CRM", "Account", "Name", "Title", "Mail", "Phone", "Buying role", "Consent", "Consent note", "Added"], Rows(work, new ContactQuery(q, role, consent, account)), default),
            "text/csv; charset=utf-8", "contacts.csv");

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows(Work work, ContactQuery query)
    {
        await foreach (var c in ContactList.AllAsync(work, query))
            yield return [c.ExternalId, c.AccountName, c.Name, c.Title, c.Email, c.Phone, ContactWords.Label(c.Role), ContactWords.Label(c.Consent), c.ConsentNote, c.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
    }
}
