using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts;

internal static class ProductList
{
    public static async Task<Page<ProductItem>> PageAsync(Work work, string? search, string? sort, Paging paging, CancellationToken ct)
    {
        var rows = Filtered(work, search);
        if (work.Actor.IsPartner) return await ForPartnersAsync(rows, sort, paging, ct);
        var page = await (sort switch
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

    public static IAsyncEnumerable<ProductItem> AllAsync(Work work, string? search) => Filtered(work, search).OrderBy(p => p.Name).Select(Item).AsAsyncEnumerable();

    private static readonly Expression<Func<Product, ProductItem>> Item = p => new ProductItem(p.Id, p.Name, p.Series, p.ListPrice, p.Currency, p.Active);

    private static readonly Func<Product, ProductItem> ItemOf = Item.Compile();

    private static IQueryable<Product> Filtered(Work work, string? search)
    {
        return work.Db.Set<Product>().AsNoTracking().Matching(work.Db, search);
    }
}
