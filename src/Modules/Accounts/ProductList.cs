using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Accounts;

internal static class ProductList
{
    public static Task<Page<ProductItem>> PageAsync(Work work, string? search, string? sort, Paging paging, CancellationToken ct)
    {
        var rows = Filtered(work, search);
        return sort switch
        {
            "-name" => rows.PageAsync(p => p.Name, p => p.Id, true, paging, ct),
            "price" => rows.PageAsync(p => p.ListPrice ?? 0, p => p.Id, false, paging, ct),
            "-price" => rows.PageAsync(p => p.ListPrice ?? 0, p => p.Id, true, paging, ct),
            _ => rows.PageAsync(p => p.Name, p => p.Id, false, paging, ct),
        };
    }

    public static IAsyncEnumerable<ProductItem> AllAsync(Work work, string? search) => Filtered(work, search).OrderBy(p => p.Name).AsAsyncEnumerable();

    private static IQueryable<ProductItem> Filtered(Work work, string? search)
    {
        var rows = work.Db.Set<Product>().AsNoTracking();
        if (AccountList.Searched(search) is { } text) rows = rows.Where(p => p.SearchText.Contains(text));
        return rows.Select(p => new ProductItem(p.Id, p.Name, p.Series, p.ListPrice, p.Currency, p.Active));
    }
}
