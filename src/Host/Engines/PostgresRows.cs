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
        var shapes = entries.Select(e => Shapes.GetOrAdd(e.Metadata, type => Shape.Of(type))).ToArray();
        if (Array.Exists(shapes, s => s.Columns.Length == 0)) return false;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        for (var i = 0; i < shapes.Length; i++)
        {
            var command = new NpgsqlBatchCommand(shapes[i].Insert);
            foreach (var column in shapes[i].Columns) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = column.Type, Value = column.Of(entries[i].Entity) ?? DBNull.Value });
            batch.BatchCommands.Add(command);
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

    private sealed record Shape(string Insert, Column[] Columns)
    {
        private static readonly Shape Unknown = new("", []);

        public static Shape Of(IEntityType type)
        {
            var properties = type.GetProperties().ToArray();
            var types = properties.Select(p => TypeOf(p.GetColumnType())).ToArray();
            var plain = Array.TrueForAll(properties, p => !p.IsShadowProperty() && p.ValueGenerated == ValueGenerated.Never) && Array.TrueForAll(types, t => t is not null);
            if (!plain || type.GetTableName() is not { } table || type.BaseType is not null || type.GetForeignKeys().Any() || type.GetComplexProperties().Any()) return Unknown;
            var names = string.Join(", ", properties.Select(p => $"\"{p.GetColumnName()}\""));
            return new Shape($"INSERT INTO \"{table}\" ({names}) VALUES ({string.Join(", ", properties.Select((_, i) => $"${i + 1}"))})", [.. properties.Zip(types, (p, t) => new Column(p, t!.Value))]);
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
