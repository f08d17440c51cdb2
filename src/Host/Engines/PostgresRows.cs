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
        if (rows.Exists(s => s.Key.Types.Length == 0)) return false;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        foreach (var table in rows)
        {
            foreach (var few in table.Chunk(Shape.Most))
            {
                var command = new NpgsqlBatchCommand(table.Key.Insert(few.Length));
                foreach (var row in few)
                    for (var i = 0; i < table.Key.Types.Length; i++) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = table.Key.Types[i], Value = table.Key.Value(row, i) ?? DBNull.Value });
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

    /// <summary>Adds those that are not there, in one statement of as many columns of values.</summary>
    public static async Task AddMissingAsync<T>(Db db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0) return;
        var (table, shape) = (RowShape.Of<T>(db), Shapes.GetOrAdd(db.Model.FindEntityType(typeof(T))!, type => Shape.Of(type)));
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand($"INSERT INTO \"{table.Table}\" ({table.Columns}) SELECT * FROM unnest({string.Join(", ", shape.Types.Select((_, i) => $"${i + 1}"))}) ON CONFLICT DO NOTHING",
                (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
            for (var i = 0; i < shape.Types.Length; i++)
            {
                object[] values = [.. rows.Select(row => shape.Value(row, i) ?? throw new NotSupportedException("A row without a null is wanted."))];
                var typed = Array.CreateInstance(values[0].GetType(), values.Length);
                Array.Copy(values, typed, values.Length);
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | shape.Types[i], Value = typed });
            }

            await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The row on which a reader stands.</summary>
    public sealed class Row(NpgsqlDataReader rows) : AskedRow
    {
        public override bool IsNull(int column) => rows.IsDBNull(column);

        public override string Text(int column) => rows.GetString(column);

        public override bool Yes(int column) => rows.GetBoolean(column);

        protected override Guid Identifier(int column) => rows.GetGuid(column);

        protected override long Whole(int column) => rows.GetInt64(column);

        protected override DateOnly DayOf(int column) => rows.GetFieldValue<DateOnly>(column);

        protected override DateTime Instant(int column) => rows.GetDateTime(column);
    }

    /// <summary>A statement as the driver takes it.</summary>
    public static NpgsqlBatchCommand CommandOf(Ask ask)
    {
        var command = new NpgsqlBatchCommand(ask.Sql);
        foreach (var value in ask.Values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    // Reference equality: there is one for each table.
    private sealed class Shape(RowShape table, NpgsqlDbType[] types)
    {
        /// <summary>Rows of one statement; each number of rows is a statement of its own, planned once.</summary>
        public const int Most = 4;

        private readonly string[] _inserts = [.. Enumerable.Range(1, Most).Select(n => $"INSERT INTO \"{table.Table}\" ({table.Columns}) VALUES " + string.Join(", ", Enumerable.Range(0, n).Select(row =>
            $"({string.Join(", ", types.Select((_, i) => $"${(row * types.Length) + i + 1}"))})")))];

        /// <summary>Of each column; none where the table is not written this way.</summary>
        public NpgsqlDbType[] Types { get; } = types;

        public object? Value(object row, int column) => table.Value(row, column);

        public string Insert(int rows) => _inserts[rows - 1];

        public static Shape Of(IEntityType type)
        {
            var table = RowShape.Of(type);
            var types = table.StoreTypes.Select(TypeOf).ToArray();
            return new Shape(table, table.Plain && Array.TrueForAll(types, t => t is not null) ? [.. types.Select(t => t!.Value)] : []);
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
