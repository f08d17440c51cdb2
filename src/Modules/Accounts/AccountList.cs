using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>What is asked of the list of accounts.</summary>
internal sealed record AccountQuery(string? Search = null, string? Sector = null, string? Country = null, OwnerFilter? Owner = null, bool? Named = null, string? Lacks = null, string? Sort = null)
{
    /// <summary>What is asked of custom fields.</summary>
    public IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>The custom field that the list is ordered by, before any other order.</summary>
    public FieldOrder? Order { get; init; }
}

/// <summary>An account in a list.</summary>
internal sealed record AccountItem(AccountId Id, string Name, string? Domain, string? Sector, string? Country, string? OwnerName, bool Named, long? Revenue, string Currency, int? Employees)
{
    /// <summary>Its custom fields by their keys.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>The yearly revenue in the main currency at today's rate; null where it is not known, or no rate is.</summary>
    public long? MainRevenue { get; init; }

    /// <summary>The person whose it is; null where the owner's name means nobody here, or several people.</summary>
    public PersonId? OwnerId { get; init; }
}

internal static class AccountList
{
    /// <summary>How far an exact count goes; beyond it stands “1,000+”.</summary>
    public const int MostCounted = 1000;

    public static async Task<Page<AccountItem>> PageAsync(Work work, AccountQuery query, Paging paging, CancellationToken ct)
    {
        var page = await RowsAsync(work, query, paging, ct);
        var main = await InMain.ReadAsync(work, page.Items.Where(a => a.Revenue is not null).Select(a => a.Currency), ct);
        return page.Select(a => ItemOf(a) with { MainRevenue = main.Of(a.Revenue, a.Currency) });
    }

    // Only by what an index holds in order: a million accounts are not sorted for a page, and each further index would be paid for by every row of every import. The file can be sorted by anything.
    private static Task<Page<Account>> RowsAsync(Work work, AccountQuery query, Paging paging, CancellationToken ct)
    {
        var rows = Filtered(work, query);
        return query.Order is { } order ? rows.PageAsync(work.Db, a => a.Id, order, paging, ct) : rows.PageAsync(a => a.Name, a => a.Id, query.Sort is "-name", paging, ct);
    }

    /// <summary>At most <see cref="MostCounted"/> + 1.</summary>
    public static Task<int> CountAsync(Work work, AccountQuery query, CancellationToken ct) => Filtered(work, query).Take(MostCounted + 1).CountAsync(ct);

    /// <summary>Every fact of every account that fits, with what its revenue is worth, for a file that can be imported again.</summary>
    public static async IAsyncEnumerable<(Account Account, long? MainRevenue)> AllAsync(Work work, AccountQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        // Once for the whole file: rates that change meanwhile must not part its rows.
        var main = await InMain.ReadAsync(work, ct);
        await foreach (var account in Paging.AllAsync(paging => RowsAsync(work, query, paging, ct))) yield return (account, main.Of(account.Revenue, account.Currency));
    }

    /// <summary>The sellers' names.</summary>
    public static Task<List<string>> SellersAsync(Work work, CancellationToken ct) =>
        work.Db.Set<Seller>().OrderBy(s => s.Name).Select(s => s.Name).Take(300).ToListAsync(ct);

    private static readonly Expression<Func<Account, AccountItem>> Item = a =>
        new AccountItem(a.Id, a.Name, a.Domain, a.Sector, a.Country, a.OwnerName, a.Named, a.Revenue, a.Currency, a.Employees) { OwnerId = a.OwnerId };

    private static readonly Func<Account, AccountItem> ItemOf = Item.Compile();

    internal static IQueryable<Account> Filtered(Work work, AccountQuery query)
    {
        var rows = work.Db.Set<Account>().AsNoTracking();
        rows = rows.Matching(work.Db, query.Search);
        rows = rows.Holding(work.Db, a => a.Id, query.Fields);
        if (query.Sector is { Length: > 0 } sector) rows = rows.Where(a => a.Sector == sector);
        if (query.Country is { Length: > 0 } country) rows = rows.Where(a => a.Country == country);
        if (query.Owner is { } owner)
        {
            var (written, people) = (owner.Written, owner.People);
            rows = written is null ? rows.Where(a => a.OwnerId != null && people.Contains(a.OwnerId.Value))
                : people.Count == 0 ? rows.Where(a => a.OwnerId == null && a.OwnerName == written)
                : rows.Where(a => (a.OwnerId != null && people.Contains(a.OwnerId.Value)) || (a.OwnerId == null && a.OwnerName == written));
        }

        if (query.Named is { } named) rows = rows.Where(a => a.Named == named);
        return query.Lacks is { } lacks && QualityChecks.Accounts.TryGetValue(Older.GetValueOrDefault(lacks, lacks), out var failing) ? rows.Where(failing(work)) : rows;
    }

    // The names that addresses carried before the checks had their own.
    private static readonly Dictionary<string, string> Older = new()
    {
        ["domain"] = "account_without_domain", ["country"] = "account_without_country", ["sector"] = "account_without_sector", ["parent"] = "account_unknown_parent", ["review"] = "account_named_by_partner",
    };
}
