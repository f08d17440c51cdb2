using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What is asked of the list of opportunities.</summary>
internal sealed record OpportunityQuery(
    string? Search = null, string? Stage = null, AccountId? Account = null, ProductId? Product = null, OwnerFilter? Owner = null, string? Lacks = null, string? Sort = null)
{
    /// <summary>What is asked of custom fields.</summary>
    public IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>The custom field that the list is ordered by, before any other order.</summary>
    public FieldOrder? Order { get; init; }
}

/// <summary>An opportunity in a list.</summary>
internal sealed record OpportunityItem(
    OpportunityId Id, string ExternalId, AccountId? AccountId, string? AccountName, bool AccountKnown, ProductId? ProductId, string? ProductName, string? OwnerName,
    OpportunityStage Stage, long? Amount, string Currency, DateOnly? OpenedOn, DateOnly? ClosedOn, DateOnly? ExpectedOn, DateOnly LastOn)
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>The amount in the main currency at the rate of the day on which it was closed, or opened while it is open; null without an amount or a rate.</summary>
    public long? MainAmount { get; init; }

    /// <summary>The person whose it is; null where the owner's name means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; init; }
}

internal static class OpportunityList
{
    public const int MostCounted = AccountList.MostCounted;

    public static async Task<Page<OpportunityItem>> PageAsync(Work work, OpportunityQuery query, Paging paging, CancellationToken ct)
    {
        var rows = Filtered(work, query);
        var page = query.Order is { } order ? await rows.PageAsync(work.Db, o => o.Id, order, paging, ct) : await (query.Sort switch
        {
            "last" => rows.PageAsync(o => o.LastOn, o => o.Id, false, paging, ct),
            "amount" => rows.PageAsync(o => o.MainAmount, o => o.Id, false, paging, ct),
            "-amount" => rows.PageAsync(o => o.MainAmount, o => o.Id, true, paging, ct),
            "id" => rows.PageAsync(o => o.ExternalId, o => o.Id, false, paging, ct),
            "-id" => rows.PageAsync(o => o.ExternalId, o => o.Id, true, paging, ct),
            _ => rows.PageAsync(o => o.LastOn, o => o.Id, true, paging, ct),
        });
        return await NamedAsync(work, page, ct);
    }

    public static Task<int> CountAsync(Work work, OpportunityQuery query, CancellationToken ct) => Filtered(work, query).Take(MostCounted + 1).CountAsync(ct);

    public static IAsyncEnumerable<OpportunityItem> AllAsync(Work work, OpportunityQuery query, CancellationToken ct) => Paging.AllAsync(paging => PageAsync(work, query, paging, ct));

    public static async Task<Result<OpportunityItem>> FindAsync(Work work, OpportunityId id, CancellationToken ct) =>
        await Joined(work, work.Db.Set<Opportunity>().AsNoTracking().Where(o => o.Id == id)).SingleOrDefaultAsync(ct) is { } item ? item : AccountsProblems.MissingOpportunity();

    // The names are read for the rows of the page alone: the page is found by one index.
    private static async Task<Page<OpportunityItem>> NamedAsync(Work work, Page<Opportunity> page, CancellationToken ct)
    {
        var accountIds = page.Items.Where(o => o.AccountId is not null).Select(o => o.AccountId!.Value).Distinct().ToList();
        var productIds = page.Items.Where(o => o.ProductId is not null).Select(o => o.ProductId!.Value).Distinct().ToList();
        var accounts = accountIds.Count == 0 ? [] : await work.Db.Set<Account>().Where(a => accountIds.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var products = productIds.Count == 0 ? [] : await work.Db.Set<Product>().Where(p => productIds.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return page.Select(o => new OpportunityItem(
            o.Id, o.ExternalId, o.AccountId, o.AccountId is { } a ? accounts.GetValueOrDefault(a) : o.AccountWritten, o.AccountId is not null, o.ProductId,
            o.ProductId is { } p ? products.GetValueOrDefault(p) : o.ProductWritten, o.OwnerName, o.Stage, o.Amount, o.Currency, o.OpenedOn, o.ClosedOn, o.ExpectedOn, o.LastOn)
        { MainAmount = o.Amount is null || o.NoRate ? null : o.MainAmount, OwnerId = o.OwnerId });
    }

    private static IQueryable<OpportunityItem> Joined(Work work, IQueryable<Opportunity> rows) =>
        from o in rows
        join a in work.Db.Set<Account>() on new { o.TenantId, Id = o.AccountId } equals new { a.TenantId, Id = (AccountId?)a.Id } into accounts
        from a in accounts.DefaultIfEmpty()
        join p in work.Db.Set<Product>() on new { o.TenantId, Id = o.ProductId } equals new { p.TenantId, Id = (ProductId?)p.Id } into products
        from p in products.DefaultIfEmpty()
        select new OpportunityItem(
            o.Id, o.ExternalId, o.AccountId, a == null ? o.AccountWritten : a.Name, a != null, o.ProductId, p == null ? o.ProductWritten : p.Name, o.OwnerName,
            o.Stage, o.Amount, o.Currency, o.OpenedOn, o.ClosedOn, o.ExpectedOn, o.LastOn)
        { MainAmount = o.Amount == null || o.NoRate ? null : o.MainAmount, OwnerId = o.OwnerId };

    private static IQueryable<Opportunity> Filtered(Work work, OpportunityQuery query)
    {
        var rows = work.Db.Set<Opportunity>().AsNoTracking();
        rows = rows.Matching(work.Db, query.Search);
        rows = rows.Holding(work.Db, o => o.Id, query.Fields);
        if (Words.Parse<OpportunityStage>(query.Stage) is { } stage) rows = rows.Where(o => o.Stage == stage);
        if (query.Account is { } account) rows = rows.Where(o => o.AccountId == account);
        if (query.Product is { } product) rows = rows.Where(o => o.ProductId == product);
        if (query.Owner is { } owner)
        {
            var (written, people) = (owner.Written, owner.People);
            rows = written is null ? rows.Where(o => o.OwnerId != null && people.Contains(o.OwnerId.Value))
                : people.Count == 0 ? rows.Where(o => o.OwnerId == null && o.OwnerName == written)
                : rows.Where(o => (o.OwnerId != null && people.Contains(o.OwnerId.Value)) || (o.OwnerId == null && o.OwnerName == written));
        }

        return query.Lacks is { } lacks && QualityChecks.Opportunities.TryGetValue(Older.GetValueOrDefault(lacks, lacks), out var failing) ? rows.Where(failing(work)) : rows;
    }

    // The names that addresses carried before the checks had their own.
    private static readonly Dictionary<string, string> Older = new()
    {
        ["account"] = "opportunity_without_account", ["known_account"] = "opportunity_unknown_account", ["product"] = "opportunity_without_product", ["date"] = "opportunity_without_date", ["value"] = "won_without_value",
    };
}
