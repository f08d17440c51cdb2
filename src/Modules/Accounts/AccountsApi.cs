using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>The answer to a post that made an account.</summary>
internal sealed record MadeAccount(AccountId Id);

/// <summary>A product of the vendor.</summary>
internal sealed record ProductItem(ProductId Id, string Name, string? Series, long? ListPrice, string Currency, bool Active)
{
    /// <summary>Its custom fields by their keys; a partner reads those that are open to it.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }
}

/// <summary>The account that an opportunity belongs to.</summary>
internal sealed record AccountOfOpportunity(AccountId Account);

/// <summary>The company that owns an account; null for none.</summary>
internal sealed record OwningAccount(AccountId? Parent);

internal static class AccountsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts").ProducesProblem(403);
        accounts.MapGet("/", ListAsync).WithName("ListAccounts").WithSummary("Customer accounts, page by page; custom fields filter as field.<key>, field.<key>.from and field.<key>.to, and order as sort=field.<key>").Produces<Page<AccountItem>>().Requires(AccountsPermissions.View);
        accounts.MapPost("/", CreateAsync).WithName("CreateAccount").WithSummary("Add a customer account; evenIfSimilar where one that is probably the same company is another").Produces<MadeAccount>(201).ProducesProblem(409).ProducesProblem(422).Requires(AccountsPermissions.Manage);
        accounts.MapGet("/candidates", CandidatesAsync).WithName("FindAccountCandidates").WithSummary("The accounts that a typed customer may be, best first, each with how likely it is (0 to 1) and why").Produces<IReadOnlyList<CustomerMatch>>().ProducesProblem(422).Requires(AccountsPermissions.View);
        accounts.MapGet("/{id}", GetAsync).WithName("GetAccount").WithSummary("One account in full; for one that has become part of another, that other one").Produces<AccountDetails>().ProducesProblem(404).Requires(AccountsPermissions.View);
        accounts.MapPatch("/{id}", PatchAsync).WithName("ChangeAccount").WithSummary("Change an account; fields left out stay, a blank text empties the field").Produces<AccountDetails>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(422).Requires(AccountsPermissions.Manage);
        accounts.MapPut("/{id}/parent", ParentAsync).WithName("SetAccountParent").WithSummary("Say which company owns an account; null for none").Produces<AccountDetails>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Requires(AccountsPermissions.Manage);
        accounts.MapGet("/{id}/group", GroupAsync).WithName("GetAccountGroup").WithSummary("An account with everything below it, and what it adds up to in the main currency").Produces<Hierarchy.AccountGroup>().ProducesProblem(404).Requires(AccountsPermissions.View);

        var opportunities = api.MapGroup("/opportunities").WithTags("Opportunities").ProducesProblem(403);
        opportunities.MapGet("/", OpportunitiesAsync).WithName("ListOpportunities").WithSummary("Opportunities mirrored from the CRM, page by page; custom fields filter as field.<key>, field.<key>.from and field.<key>.to, and order as sort=field.<key>").Produces<Page<OpportunityItem>>().Requires(AccountsPermissions.View);
        opportunities.MapGet("/{id}", OpportunityAsync).WithName("GetOpportunity").WithSummary("One opportunity").Produces<OpportunityItem>().ProducesProblem(404).Requires(AccountsPermissions.View);
        opportunities.MapPut("/{id}/account", AssignAsync).WithName("AssignOpportunity").WithSummary("Say which account an opportunity belongs to").Produces<OpportunityItem>().ProducesProblem(404).ProducesProblem(422).Requires(AccountsPermissions.Manage);

        api.MapGet("/products", ProductsAsync).WithTags("Products").WithName("ListProducts").WithSummary("The vendor's products; partners read those that can be sold, without prices; custom fields filter as field.<key>, field.<key>.from and field.<key>.to, and order as sort=field.<key>").Produces<Page<ProductItem>>().ProducesProblem(403).Requires(AccountsPermissions.ListProducts);
        api.MapGet("/products/{id}", ProductAsync).WithTags("Products").WithName("GetProduct").WithSummary("One product").Produces<ProductItem>().ProducesProblem(403).ProducesProblem(404).Requires(AccountsPermissions.ListProducts);
    }

    private static async Task<IResult> ListAsync(
        Work work, HttpContext http, CustomFields fields, string? q, string? sector, string? country, string? owner, bool? named, string? lacks, string? sort, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await fields.TellAsync(AccountRecords.Name, await AccountList.PageAsync(work, new AccountQuery(q, sector, country, await OwnerFilter.ReadAsync(work, owner, ct), named, lacks, sort) { Fields = await fields.ConditionsAsync(AccountRecords.Name, FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync(AccountRecords.Name, sort, ct) }, new Paging(cursor, size ?? 50), ct), a => a.Id.ToString(), (a, own) => a with { Fields = own }, ct), Json.Options);

    private static async Task<IResult> CreateAsync(CreateAccount create, NewAccount input, CancellationToken ct) =>
        (await create.RunAsync(input with { ByHand = true }, ct)).Then<MadeAccount>(id => new MadeAccount(id)).ToCreated(made => $"/api/v1/accounts/{made.Id}");

    private static async Task<IResult> CandidatesAsync(Work work, string? name, string? domain, string? taxNumber, string? city, string? country, CancellationToken ct)
    {
        var typed = AccountInput.Read(name, domain, country, null, null, null, null, taxNumber, city);
        return typed.Ok ? Results.Json(await Customers.MatchAsync(work, new TypedCustomer(typed.Value.Name!, typed.Value.Domain, typed.Value.Country, typed.Value.TaxNumber, typed.Value.City), ct), Json.Options) : typed.Problem.ToResult();
    }

    private static async Task<IResult> GetAsync(Work work, CustomFields fields, AccountId id, CancellationToken ct)
    {
        var found = await AccountPage.FindAsync(work, id, ct);
        // One that has become part of another is answered with that one; a redirect would make callers lose their token.
        if (!found.Ok && await Merging.Merges.ResolveAsync(work, id, ct) is { } into) found = await AccountPage.FindAsync(work, into, ct);
        return found.Ok ? (found.Value with { Fields = await fields.TellAsync(AccountRecords.Name, found.Value.Id.ToString(), ct) }).Told() : found.ToOk();
    }

    private static async Task<IResult> ParentAsync(Work work, CustomFields fields, Hierarchy.SetParent set, AccountId id, OwningAccount input, CancellationToken ct)
    {
        var done = await set.RunAsync(new Hierarchy.ParentOf(id, input.Parent), ct);
        return done.Ok ? await GetAsync(work, fields, id, ct) : done.Problem.ToResult();
    }

    private static async Task<IResult> GroupAsync(Work work, IEnumerable<IGroupFigures> figures, AccountId id, CancellationToken ct)
    {
        var found = await AccountPage.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var group = await Hierarchy.Groups.OfAsync(work, id, found.Value.Name, figures, ct);
        return Results.Json(group ?? new Hierarchy.AccountGroup([], false, work.Settings.Currency, []), Json.Options);
    }

    private static async Task<IResult> PatchAsync(Work work, CustomFields fields, ChangeAccount change, AccountId id, AccountPatch patch, [FromHeader(Name = "If-Match")] string? match, CancellationToken ct)
    {
        var found = await AccountPage.FindAsync(work, id, ct);
        if (!found.Ok) return found.Problem.ToResult();
        var now = found.Value;
        var version = match is null ? now.Version : long.TryParse(match.Trim('"'), out var given) ? given : -1;
        var changed = await change.RunAsync(new AccountChange(
            id, patch.Name ?? now.Name, patch.Domain ?? now.Domain, patch.Country ?? now.Country, patch.Sector ?? now.Sector, patch.OwnerName ?? now.OwnerName,
            patch.Named ?? now.Named, patch.Employees ?? now.Employees, version, patch.TaxNumber ?? now.TaxNumber, patch.City ?? now.City)
        {
            Figures = new AccountFigures(patch.Revenue ?? now.Revenue, patch.Currency ?? now.Currency, patch.Founded ?? now.Founded, patch.ExternalId ?? now.ExternalId),
            EvenIfOwned = patch.EvenIfOwned,
        }, ct);
        return changed.Ok ? await GetAsync(work, fields, id, ct) : changed.Problem.ToResult();
    }

    private static async Task<IResult> OpportunitiesAsync(
        Work work, HttpContext http, CustomFields fields, string? q, string? stage, AccountId? account, ProductId? product, string? owner, string? lacks, string? sort, string? cursor, int? size, CancellationToken ct) =>
        Results.Json(await fields.TellAsync(OpportunityRecords.Name, await OpportunityList.PageAsync(work, new OpportunityQuery(q, stage, account, product, await OwnerFilter.ReadAsync(work, owner, ct), lacks, sort) { Fields = await fields.ConditionsAsync(OpportunityRecords.Name, FieldWish.Read(http.Request.Query), ct), Order = await fields.OrderAsync(OpportunityRecords.Name, sort, ct) }, new Paging(cursor, size ?? 50), ct), o => o.Id.ToString(), (o, own) => o with { Fields = own }, ct), Json.Options);

    private static async Task<IResult> OpportunityAsync(Work work, CustomFields fields, OpportunityId id, CancellationToken ct)
    {
        var found = await OpportunityList.FindAsync(work, id, ct);
        return found.Ok ? (found.Value with { Fields = await fields.TellAsync(OpportunityRecords.Name, id.ToString(), ct) }).Told() : found.ToOk();
    }

    private static async Task<IResult> AssignAsync(Work work, CustomFields fields, AssignOpportunity assign, OpportunityId id, AccountOfOpportunity input, CancellationToken ct)
    {
        var assigned = await assign.RunAsync(new OpportunityAssignment(id, input.Account), ct);
        return assigned.Ok ? await OpportunityAsync(work, fields, id, ct) : assigned.Problem.ToResult();
    }

    private static async Task<IResult> ProductsAsync(Work work, HttpContext http, CustomFields fields, string? q, string? sort, string? cursor, int? size, CancellationToken ct)
    {
        var asked = await fields.ConditionsAsync(ProductRecords.Name, FieldWish.Read(http.Request.Query), ct);
        var page = await ProductList.PageAsync(work, q, sort, new Paging(cursor, size ?? 50), ct, asked, await fields.OrderAsync(ProductRecords.Name, sort, ct));
        return Results.Json(await fields.TellAsync(ProductRecords.Name, page, p => p.Id.ToString(), (p, own) => p with { Fields = own }, ct), Json.Options);
    }

    private static async Task<IResult> ProductAsync(Work work, CustomFields fields, ProductId id, CancellationToken ct)
    {
        var found = await ProductList.FindAsync(work, id, ct);
        return (found.Ok ? found.Value with { Fields = await fields.TellAsync(ProductRecords.Name, id.ToString(), ct) } : found).ToOk();
    }
}
