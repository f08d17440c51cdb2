using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>How entities of one type become columns, read off the model once, for writing past change tracking.</summary>
internal sealed class RowShape
{
    private static readonly ConcurrentDictionary<IEntityType, RowShape> Known = [];

    private readonly (IProperty Property, Func<object?, object?>? Convert)[] _columns;

    private RowShape(IEntityType entity)
    {
        IProperty[] properties = [.. entity.GetProperties()];
        Table = entity.GetTableName() ?? "";
        _columns = [.. properties.Select(p => (p, p.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider : (Func<object?, object?>?)null))];
        Names = [.. properties.Select(p => p.GetColumnName())];
        StoreTypes = [.. properties.Select(p => p.GetColumnType())];
        Plain = Table.Length > 0 && entity.BaseType is null && !entity.GetForeignKeys().Any() && !entity.GetComplexProperties().Any()
            && Array.TrueForAll(properties, p => !p.IsShadowProperty() && p.ValueGenerated == ValueGenerated.Never);
    }

    public static RowShape Of(IEntityType entity) => Known.GetOrAdd(entity, type => new RowShape(type));

    public static RowShape Of<T>(Db db) => Of(db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not mapped."));

    public string Table { get; }

    public string[] Names { get; }

    public string[] StoreTypes { get; }

    /// <summary>Whether a row of the table is what its columns say, and nothing more.</summary>
    public bool Plain { get; }

    public string Columns => string.Join(", ", Names.Select(n => $"\"{n}\""));

    public object? Value(object row, int column)
    {
        var (property, convert) = _columns[column];
        var value = property.GetGetter().GetClrValue(row);
        return value is null || convert is null ? value : convert(value);
    }
}
