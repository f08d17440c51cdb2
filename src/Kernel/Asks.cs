using System.Data.Common;

namespace Trellis.Kernel;

/// <summary>
/// Several narrow look-ups that go to the database in one round trip, past the translation of LINQ: for the few acts that happen hundreds of times a second. Values stand in
/// the SQL as <c>$1</c>, <c>$2</c> …; <c>$1</c> is always the tenant, and each look-up names it, since no filter stands behind these.
/// </summary>
public sealed class Asks(Db db)
{
    private readonly List<Ask> _asks = [];

    /// <summary>The look-ups in the order in which they are asked.</summary>
    public IReadOnlyList<Ask> All => _asks;

    /// <summary>Asks for rows. They are there after <see cref="RunAsync"/>.</summary>
    public List<T> For<T>(string sql, Func<AskedRow, T> read, params ReadOnlySpan<object?> values)
    {
        if (!sql.Contains("tenant_id = $1", StringComparison.Ordinal)) throw new ArgumentException("A look-up that does not name the tenant would read those of all.", nameof(sql));
        List<T> rows = [];
        _asks.Add(new Ask(sql, [db.Engine.Stored(db.Tenant), .. values.ToArray().Select(db.Engine.Stored)], row => rows.Add(read(new AskedRow(row, db.Engine)))));
        return rows;
    }

    /// <summary>From here on nobody else works on these keys until the transaction ends; what is asked behind sees all that was committed before.</summary>
    public void Lock(IEnumerable<string> keys)
    {
        if (db.Engine.LockStatement([.. keys.Select(k => $"{db.Tenant}:{k}")]) is { } ask) _asks.Add(ask);
    }

    /// <summary>One round trip on an engine beside the program; in the order of asking.</summary>
    public Task RunAsync(CancellationToken ct) => _asks.Count == 0 ? Task.CompletedTask : db.Engine.AskAsync(db, _asks, ct);
}

/// <summary>One look-up: its statement, the values as the engine stores them, and what becomes of each row.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Values">The values of its places.</param>
/// <param name="Take">Takes one row.</param>
public sealed record Ask(string Sql, object?[] Values, Action<DbDataReader> Take);

/// <summary>One row of a look-up, read as the engine stores its values.</summary>
public readonly struct AskedRow(DbDataReader row, Engine engine)
{
    /// <summary>A text that is always there.</summary>
    public string Text(int column) => row.GetString(column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>An identifier that is always there.</summary>
    public T Id<T>(int column) where T : struct, ITypedId<T> => T.From(engine.StoresIdAsBytes ? new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true) : row.GetGuid(column));

    /// <summary>An identifier, or null.</summary>
    public T? IdOrNull<T>(int column) where T : struct, ITypedId<T> => row.IsDBNull(column) ? null : Id<T>(column);

    /// <summary>A whole number, or null.</summary>
    public long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>A member of an enumeration, or null.</summary>
    public T? Word<T>(int column) where T : struct, Enum => row.IsDBNull(column) ? null : Words.Parse<T>(row.GetString(column));

    /// <summary>A yes or no.</summary>
    public bool Yes(int column) => engine.StoresTimeAsNumber ? row.GetInt64(column) != 0 : row.GetBoolean(column);

    /// <summary>A day, or null.</summary>
    public DateOnly? Day(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    /// <summary>An instant, or null.</summary>
    public DateTime? Time(int column) =>
        row.IsDBNull(column) ? null : engine.StoresTimeAsNumber ? new DateTime((row.GetInt64(column) * 10) + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc) : row.GetDateTime(column);
}
