using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Published;
using Trellis.Accounts.Values;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

internal sealed record ProductLine(string Name, string? Series, long? ListPrice);

internal sealed class ProductImporter(Work work, ImportPlan plan) : Importer<ProductLine, Product>(work, plan)
{
    protected override OwnFields? Own { get; } = plan.Own.Count == 0 ? null : new OwnFields<ProductId>(work, ProductRecords.Name, plan.Own, plan.Options);

    protected override ProductLine Read(RowReading row) => new(
        row.Required("name", "The name"), row.Text("series"), row.Amount("list_price", Plan.Options.DecimalComma, AmountUnit.Units, Plan.Currency));

    protected override string KeyOf(ProductLine line) => CompanyNames.Tight(line.Name);

    protected override string TitleOf(ProductLine line) => line.Name;

    protected override async Task<Product?[]> LoadAsync(IReadOnlyList<(RowReading Row, ProductLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var keys = lines.Select(l => KeyOf(l.Line)).ToList();
        var rows = Work.Db.Set<Product>().Where(p => EF.Parameter(keys).Contains(p.NameKey));
        var found = await (tracked ? rows : rows.AsNoTracking()).ToDictionaryAsync(p => p.NameKey, ct);
        return [.. keys.Select(found.GetValueOrDefault)];
    }

    protected override Guid IdOf(Product entity) => entity.Id.Value;

    protected override Product Create(ProductLine line) =>
        Product.Create(Work.Tenant, Work.NewId<ProductId>(), line.Name, line.Series, line.ListPrice, Plan.Currency);

    protected override void Change(Product entity, ProductLine line, Changes changes) => entity.Apply(line.Name, line.Series, line.ListPrice, null, changes);

    protected override Task WriteAsync(IReadOnlyList<Product> created, IReadOnlyList<Product> changed, CancellationToken ct) =>
        Work.Db.Engine.InsertAsync(Work.Db, created, ct);
}

internal sealed record SellerLine(string Name, string? Manager, string? Office);

internal sealed class SellerImporter(Work work, ImportPlan plan) : Importer<SellerLine, Seller>(work, plan)
{
    protected override SellerLine Read(RowReading row) => new(row.Required("name", "The seller"), row.Text("manager"), row.Text("office"));

    protected override string KeyOf(SellerLine line) => CompanyNames.Tight(line.Name);

    protected override string TitleOf(SellerLine line) => line.Name;

    protected override async Task<Seller?[]> LoadAsync(IReadOnlyList<(RowReading Row, SellerLine Line)> lines, bool tracked, CancellationToken ct)
    {
        var keys = lines.Select(l => KeyOf(l.Line)).ToList();
        var rows = Work.Db.Set<Seller>().Where(s => EF.Parameter(keys).Contains(s.NameKey));
        var found = await (tracked ? rows : rows.AsNoTracking()).ToDictionaryAsync(s => s.NameKey, ct);
        return [.. keys.Select(found.GetValueOrDefault)];
    }

    protected override Guid IdOf(Seller entity) => entity.Id.Value;

    protected override Seller Create(SellerLine line) => Seller.Create(Work.Tenant, Work.NewId<SellerId>(), line.Name, line.Manager, line.Office);

    protected override void Change(Seller entity, SellerLine line, Changes changes) => entity.Apply(line.Name, line.Manager, line.Office, changes);

    protected override Task WriteAsync(IReadOnlyList<Seller> created, IReadOnlyList<Seller> changed, CancellationToken ct) =>
        Work.Db.Engine.InsertAsync(Work.Db, created, ct);
}
