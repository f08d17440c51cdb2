using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>How a tracked entity becomes columns, read off the model once, for writing past change tracking.</summary>
internal sealed class RowShape<T> where T : class
{
    private readonly (IProperty Property, Func<object?, object?>? Convert)[] _columns;

    public RowShape(Db db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not mapped.");
        Table = entity.GetTableName()!;
        _columns = [.. entity.GetProperties().Select(p => (p, Converter(p)))];
        Names = [.. _columns.Select(c => c.Property.GetColumnName())];
        StoreTypes = [.. _columns.Select(c => c.Property.GetColumnType())];
    }

    public string Table { get; }

    public string[] Names { get; }

    public string[] StoreTypes { get; }

    public string Columns => string.Join(", ", Names.Select(n => $"\"{n}\""));

    public object? Value(T row, int column)
    {
        var (property, convert) = _columns[column];
        var value = property.GetGetter().GetClrValue(row);
        return value is null || convert is null ? value : convert(value);
    }

    private static Func<object?, object?>? Converter(IProperty property) =>
        property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider : null;
}
