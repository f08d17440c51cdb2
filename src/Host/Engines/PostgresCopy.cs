using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>Streams many rows into one table. How each column is written is built once for each table, typed: nothing is boxed, and no type is looked up anew for each value.</summary>
internal static class PostgresCopy
{
    private static readonly ConcurrentDictionary<IEntityType, Action<NpgsqlBinaryImporter, object>[]> Known = [];

    private static readonly MethodInfo Write = typeof(NpgsqlBinaryImporter).GetMethods()
        .Single(m => m is { Name: nameof(NpgsqlBinaryImporter.Write), IsGenericMethod: true } && m.GetParameters() is [_, { ParameterType: var type }] && type == typeof(string));

    public static async Task WriteAsync<T>(Db db, IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        var shape = RowShape.Of<T>(db);
        var columns = Known.GetOrAdd(db.Model.FindEntityType(typeof(T))!, type => ColumnsOf(type));
        await using var writer = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync($"COPY \"{shape.Table}\" ({shape.Columns}) FROM STDIN (FORMAT BINARY)", ct);
        Stream(writer, columns, rows, ct);
        await writer.CompleteAsync(ct);
    }

    // Waiting for the socket in this thread costs less than a task for each value.
    private static void Stream<T>(NpgsqlBinaryImporter writer, Action<NpgsqlBinaryImporter, object>[] columns, IEnumerable<T> rows, CancellationToken ct) where T : class
    {
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            writer.StartRow();
            foreach (var column in columns) column(writer, row);
        }
    }

    private static Action<NpgsqlBinaryImporter, object>[] ColumnsOf(IEntityType type) => [.. type.GetProperties().Select(p => ColumnOf(type, p))];

    private static Action<NpgsqlBinaryImporter, object> ColumnOf(IEntityType type, IProperty property)
    {
        var (writer, row) = (Expression.Parameter(typeof(NpgsqlBinaryImporter)), Expression.Parameter(typeof(object)));
        Expression value = Expression.MakeMemberAccess(Expression.Convert(row, type.ClrType), property.GetMemberInfo(forMaterialization: false, forSet: false));
        var isNull = value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null ? null : Expression.Equal(value, Expression.Constant(null, value.Type));
        Expression stored = Nullable.GetUnderlyingType(value.Type) is null ? value : Expression.Property(value, "Value");
        if (property.GetTypeMapping().Converter is { } converter) stored = Expression.Invoke(converter.ConvertToProviderExpression, stored);
        Expression write = Expression.Call(writer, Write.MakeGenericMethod(stored.Type), stored, Expression.Constant(StoreType(property.GetColumnType())));
        if (isNull is not null) write = Expression.IfThenElse(isNull, Expression.Call(writer, nameof(NpgsqlBinaryImporter.WriteNull), null), write);
        return Expression.Lambda<Action<NpgsqlBinaryImporter, object>>(write, writer, row).Compile();
    }

    private static string StoreType(string declared)
    {
        var length = declared.IndexOf('(');
        return length < 0 ? declared : declared[..length];
    }
}
