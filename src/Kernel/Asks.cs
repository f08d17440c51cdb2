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
        _asks.Add(new Ask(sql, [db.Engine.Stored(db.Tenant), .. values.ToArray().Select(db.Engine.Stored)], row => rows.Add(read(row))));
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
/// <param name="Take">Takes one row, which is there only until it returns.</param>
public sealed record Ask(string Sql, object?[] Values, Action<AskedRow> Take);

/// <summary>One row of a look-up; each engine reads its values as it stores them.</summary>
public abstract class AskedRow
{
    /// <summary>Whether there is no value.</summary>
    public abstract bool IsNull(int column);

    /// <summary>A text that is always there.</summary>
    public abstract string Text(int column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>An identifier that is always there.</summary>
    public T Id<T>(int column) where T : struct, ITypedId<T> => T.From(Identifier(column));

    /// <summary>An identifier, or null.</summary>
    public T? IdOrNull<T>(int column) where T : struct, ITypedId<T> => IsNull(column) ? null : Id<T>(column);

    /// <summary>A whole number, or null.</summary>
    public long? Number(int column) => IsNull(column) ? null : Whole(column);

    /// <summary>A member of an enumeration, or null.</summary>
    public T? Word<T>(int column) where T : struct, Enum => IsNull(column) ? null : Words.Parse<T>(Text(column));

    /// <summary>A yes or no.</summary>
    public abstract bool Yes(int column);

    /// <summary>A day, or null.</summary>
    public DateOnly? Day(int column) => IsNull(column) ? null : DayOf(column);

    /// <summary>An instant, or null.</summary>
    public DateTime? Time(int column) => IsNull(column) ? null : Instant(column);

    /// <summary>The identifier in a column that has one.</summary>
    protected abstract Guid Identifier(int column);

    /// <summary>The number in a column that has one.</summary>
    protected abstract long Whole(int column);

    /// <summary>The day in a column that has one.</summary>
    protected abstract DateOnly DayOf(int column);

    /// <summary>The instant in a column that has one.</summary>
    protected abstract DateTime Instant(int column);
}
