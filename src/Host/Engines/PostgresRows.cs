using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>
/// Writes new rows of several tables in one round trip, each by the one statement of its table: what the machinery for changes would find out for each row anew is found out
/// once for each table.
/// </summary>
internal static class PostgresRows
{
    private static readonly ConcurrentDictionary<IEntityType, Shape> Shapes = [];

    /// <summary>False where a table has something that is not written this way.</summary>
    public static async Task<bool> AddAsync(Db db, IReadOnlyList<EntityEntry> entries, IReadOnlyList<Ask> along, CancellationToken ct)
    {
        var rows = entries.GroupBy(e => Shapes.GetOrAdd(e.Metadata, type => Shape.Of(type)), e => e.Entity).ToList();
        if (rows.Exists(s => s.Key.Columns.Length == 0)) return false;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        foreach (var table in rows)
        {
            foreach (var few in table.Chunk(Shape.Most))
            {
                var command = new NpgsqlBatchCommand(table.Key.Insert(few.Length));
                foreach (var row in few)
                    foreach (var column in table.Key.Columns) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = column.Type, Value = column.Of(row) ?? DBNull.Value });
                batch.BatchCommands.Add(command);
            }
        }

        foreach (var statement in along) batch.BatchCommands.Add(CommandOf(statement));
        try
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException exception)
        {
            // As the machinery for changes would say it.
            throw new DbUpdateException(exception.MessageText, exception);
        }

        return true;
    }

    /// <summary>A statement as the driver takes it.</summary>
    public static NpgsqlBatchCommand CommandOf(Ask ask)
    {
        var command = new NpgsqlBatchCommand(ask.Sql);
        foreach (var value in ask.Values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    private sealed record Column(IProperty Property, NpgsqlDbType Type)
    {
        private readonly Func<object?, object?>? _convert = Property.GetTypeMapping().Converter?.ConvertToProvider;

        public object? Of(object entity) => Property.GetGetter().GetClrValue(entity) is { } value ? _convert is null ? value : _convert(value) : null;
    }

    // Reference equality: there is one for each table.
    private sealed class Shape(string begin, Column[] columns)
    {
        /// <summary>Rows of one statement; each number of rows is a statement of its own, planned once.</summary>
        public const int Most = 4;

        private static readonly Shape Unknown = new("", []);
        private readonly string[] _inserts = [.. Enumerable.Range(1, Most).Select(n => begin + string.Join(", ", Enumerable.Range(0, n).Select(row =>
            $"({string.Join(", ", columns.Select((_, i) => $"${(row * columns.Length) + i + 1}"))})")))];

        public Column[] Columns { get; } = columns;

        public string Insert(int rows) => _inserts[rows - 1];

        public static Shape Of(IEntityType type)
        {
            var properties = type.GetProperties().ToArray();
            var types = properties.Select(p => TypeOf(p.GetColumnType())).ToArray();
            var plain = Array.TrueForAll(properties, p => !p.IsShadowProperty() && p.ValueGenerated == ValueGenerated.Never) && Array.TrueForAll(types, t => t is not null);
            if (!plain || type.GetTableName() is not { } table || type.BaseType is not null || type.GetForeignKeys().Any() || type.GetComplexProperties().Any()) return Unknown;
            var names = string.Join(", ", properties.Select(p => $"\"{p.GetColumnName()}\""));
            return new Shape($"INSERT INTO \"{table}\" ({names}) VALUES ", [.. properties.Zip(types, (p, t) => new Column(p, t!.Value))]);
        }

        private static NpgsqlDbType? TypeOf(string declared) => declared.Split('(')[0] switch
        {
            "uuid" => NpgsqlDbType.Uuid,
            "character varying" => NpgsqlDbType.Varchar,
            "text" => NpgsqlDbType.Text,
            "boolean" => NpgsqlDbType.Boolean,
            "integer" => NpgsqlDbType.Integer,
            "bigint" => NpgsqlDbType.Bigint,
            "date" => NpgsqlDbType.Date,
            "double precision" => NpgsqlDbType.Double,
            "timestamp with time zone" => NpgsqlDbType.TimestampTz,
            _ => null,
        };
    }
}
