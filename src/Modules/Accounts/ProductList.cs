using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

internal static class ProductList
{
    public static async Task<Page<ProductItem>> PageAsync(Work work, string? search, string? sort, Paging paging, CancellationToken ct, IReadOnlyList<FieldCondition>? asked = null, FieldOrder? order = null)
    {
        var rows = Filtered(work, search).Holding(work.Db, p => p.Id, asked ?? []);
        if (work.Actor.IsPartner) return await ForPartnersAsync(rows, sort, paging, ct);
        var page = order is not null ? await rows.PageAsync(work.Db, p => p.Id, order, paging, ct) : await (sort switch
        {
            "-name" => rows.PageAsync(p => p.Name, p => p.Id, true, paging, ct),
            "price" => rows.PageAsync(p => p.ListPrice ?? 0, p => p.Id, false, paging, ct),
            "-price" => rows.PageAsync(p => p.ListPrice ?? 0, p => p.Id, true, paging, ct),
            _ => rows.PageAsync(p => p.Name, p => p.Id, false, paging, ct),
        });
        return page.Select(ItemOf);
    }

    // What is sold, and nothing that a price could be told from.
    private static async Task<Page<ProductItem>> ForPartnersAsync(IQueryable<Product> rows, string? sort, Paging paging, CancellationToken ct) =>
        (await rows.IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Active).PageAsync(p => p.Name, p => p.Id, sort == "-name", paging, ct)).Select(p => new ProductItem(p.Id, p.Name, p.Series, null, p.Currency, true));

    public static IAsyncEnumerable<ProductItem> AllAsync(Work work, string? search, string? sort, IReadOnlyList<FieldCondition> asked, FieldOrder? order, CancellationToken ct) =>
        Paging.AllAsync(paging => PageAsync(work, search, sort, paging, ct, asked, order));

    /// <summary>One product; a partner finds those that are sold, without the price.</summary>
    public static async Task<Result<ProductItem>> FindAsync(Work work, ProductId id, CancellationToken ct)
    {
        var rows = work.Db.Set<Product>().AsNoTracking().Where(p => p.Id == id);
        if (work.Actor.IsPartner) rows = rows.IgnoreQueryFilters([Db.PartnerFilter]).Where(p => p.Active);
        if (await rows.Select(Item).SingleOrDefaultAsync(ct) is not { } found) return Problem.Missing("product");
        return work.Actor.IsPartner ? found with { ListPrice = null } : found;
    }

    private static readonly Expression<Func<Product, ProductItem>> Item = p => new ProductItem(p.Id, p.Name, p.Series, p.ListPrice, p.Currency, p.Active);

    private static readonly Func<Product, ProductItem> ItemOf = Item.Compile();

    private static IQueryable<Product> Filtered(Work work, string? search)
    {
        return work.Db.Set<Product>().AsNoTracking().Matching(work.Db, search);
    }
}
