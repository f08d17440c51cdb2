using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.Extensions.DependencyInjection;

namespace Trellis.Whole.Tests;

/// <summary>Walks the model: every row has an owner, and nothing reaches across.</summary>
[Trait("Category", "Shape")]
public sealed class TenancyTests
{
    [SkippableTheory, BothDatabases]
    public async Task Every_table_keeps_tenants_apart(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Db>().Model.GetEntityTypes().SelectMany(Tenancy.Faults).ShouldBeEmpty();
    }

    [SkippableTheory, BothDatabases]
    public async Task Every_published_row_reads_a_table_of_its_own_module_under_the_same_limits(Database database)
    {
        var app = await TestApp.SharedAsync(database);
        await using var scope = app.Services.CreateAsyncScope();
        Tenancy.PublishedFaults(scope.ServiceProvider.GetRequiredService<Db>().Model).ShouldBeEmpty();
    }

    [Fact]
    public void A_table_that_mixes_tenants_is_found()
    {
        var model = new ModelBuilder(new ConventionSet());
        model.Entity<Nobodys>(b => { b.Property(x => x.Id); b.HasKey(x => x.Id); });
        model.Entity<Loose>(b =>
        {
            b.Property(x => x.Id);
            b.Property(x => x.TenantId);
            b.Property(x => x.Name);
            b.HasKey(x => x.Id);
            b.HasIndex(x => x.Name);
        });

        model.Model.GetEntityTypes().SelectMany(Tenancy.Faults).ShouldBe(
        [
            "Loose: the key must begin with TenantId, not Id",
            "Loose: the index on Name must begin with TenantId",
            "Loose: no tenant filter",
            "Nobodys: neither tenant-owned nor marked [Directory] or [HostLocal]",
        ]);
    }

    private sealed class Nobodys
    {
        public int Id { get; init; }
    }

    private sealed class Loose : ITenantOwned
    {
        public int Id { get; init; }
        public TenantId TenantId { get; init; }
        public string? Name { get; init; }
    }
}

internal static class Tenancy
{
    public static IEnumerable<string> Faults(IReadOnlyEntityType entity)
    {
        var name = entity.ClrType.Name;
        if (entity.ClrType.GetCustomAttribute<DirectoryAttribute>() is not null || entity.ClrType.GetCustomAttribute<HostLocalAttribute>() is not null)
        {
            foreach (var foreign in entity.GetForeignKeys().Where(f => typeof(ITenantOwned).IsAssignableFrom(f.PrincipalEntityType.ClrType)))
                yield return $"{name}: a row without a tenant may not point to {foreign.PrincipalEntityType.ClrType.Name}";
            yield break;
        }

        if (!typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
        {
            yield return $"{name}: neither tenant-owned nor marked [Directory] or [HostLocal]";
            yield break;
        }

        if (entity.FindPrimaryKey() is { } key && key.Properties[0].Name != "TenantId")
            yield return $"{name}: the key must begin with TenantId, not {key.Properties[0].Name}";
        foreach (var other in entity.GetKeys().Where(k => !k.IsPrimaryKey() && k.Properties.All(p => p.Name != "TenantId")))
            yield return $"{name}: the alternate key {Words(other.Properties)} must contain TenantId";
        foreach (var index in entity.GetIndexes().Where(i => i.Properties[0].Name != "TenantId"))
            yield return $"{name}: the index on {Words(index.Properties)} must begin with TenantId";
        foreach (var foreign in entity.GetForeignKeys())
        {
            if (foreign.Properties[0].Name != "TenantId") yield return $"{name}: the foreign key {Words(foreign.Properties)} must begin with TenantId";
            if (foreign.DeleteBehavior is DeleteBehavior.SetNull or DeleteBehavior.ClientSetNull) yield return $"{name}: the foreign key {Words(foreign.Properties)} may not set null";
            if (foreign.PrincipalEntityType.ClrType.Assembly != entity.ClrType.Assembly) yield return $"{name}: the foreign key {Words(foreign.Properties)} reaches into another module";
        }

        if (entity.FindDeclaredQueryFilter(Db.TenantFilter) is null) yield return $"{name}: no tenant filter";
    }

    public static IEnumerable<string> PublishedFaults(IModel model)
    {
        var tables = model.GetEntityTypes().Where(e => e.GetTableName() is not null).ToDictionary(e => e.GetTableName()!);
        foreach (var row in model.GetEntityTypes().Where(e => e.GetViewName() is not null))
        {
            if (!tables.TryGetValue(row.GetViewName()!, out var table) || table.ClrType.Assembly != row.ClrType.Assembly)
            {
                yield return $"{row.ClrType.Name}: {row.GetViewName()} is no table of its module";
                continue;
            }

            var columns = table.GetProperties().ToDictionary(p => p.GetColumnName());
            foreach (var property in row.GetProperties())
            {
                if (!columns.TryGetValue(property.GetColumnName(), out var column)) yield return $"{row.ClrType.Name}.{property.Name}: {table.GetTableName()} has no column {property.GetColumnName()}";
                else if (column.IsNullable && !property.IsNullable) yield return $"{row.ClrType.Name}.{property.Name}: may be null in {table.GetTableName()}";
            }

            if (row.FindDeclaredQueryFilter(Db.TenantFilter) is null) yield return $"{row.ClrType.Name}: no tenant filter";
            if ((row.FindDeclaredQueryFilter(Db.PartnerFilter) is null) != (table.FindDeclaredQueryFilter(Db.PartnerFilter) is null))
                yield return $"{row.ClrType.Name} and {table.ClrType.Name}: only one of them is limited for a partner";
        }
    }

    private static string Words(IEnumerable<IReadOnlyProperty> properties) => string.Join(", ", properties.Select(p => p.Name));
}
