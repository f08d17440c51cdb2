using System.Globalization;
using SQLitePCL;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>A prepared statement of one connection, and the row on which it stands.</summary>
internal sealed class SqliteStatement : AskedRow, IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private readonly List<int> _places = [];

    private SqliteStatement(sqlite3 db, sqlite3_stmt statement) => (_db, _statement) = (db, statement);

    public static SqliteStatement Of(sqlite3 db, string sql)
    {
        SqliteRows.Check(raw.sqlite3_prepare_v2(db, sql, out var statement, out var more), db);
        if (string.IsNullOrWhiteSpace(more)) return new SqliteStatement(db, statement);
        statement.Dispose();
        throw new ArgumentException("One statement at a time.", nameof(sql));
    }

    /// <summary>Runs it for the values of a look-up.</summary>
    public void Answer(Ask ask)
    {
        for (var i = 0; i < ask.Values.Length; i++)
            if (Place(i) is > 0 and var at) SqliteRows.Check(SqliteRows.Bind(_statement, at, ask.Values[i]), _db);
        Run(ask.Take);
    }

    /// <summary>Runs it for the columns of a row.</summary>
    public void Insert(RowShape shape, object row)
    {
        for (var i = 0; i < shape.Names.Length; i++) SqliteRows.Check(SqliteRows.Bind(_statement, i + 1, shape.Value(row, i)), _db);
        Run(_ => { });
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public override bool Yes(int column) => Whole(column) != 0;

    protected override Guid Identifier(int column) => new(raw.sqlite3_column_blob(_statement, column), bigEndian: true);

    protected override long Whole(int column) => raw.sqlite3_column_int64(_statement, column);

    protected override DateOnly DayOf(int column) => DateOnly.ParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected override DateTime Instant(int column) => new((Whole(column) * 10) + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);

    public void Dispose() => _statement.Dispose();

    private void Run(Action<AskedRow> take)
    {
        try
        {
            int answer;
            while ((answer = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW) take(this);
            if (answer != raw.SQLITE_DONE) SqliteRows.Check(answer, _db);
        }
        finally
        {
            // One that still stands on a row would keep its view of the file.
            raw.sqlite3_reset(_statement);
        }
    }

    // Where $1, $2 ... stand in the order in which the statement names them; 0 where it does not.
    private int Place(int value)
    {
        while (_places.Count <= value) _places.Add(raw.sqlite3_bind_parameter_index(_statement, string.Create(CultureInfo.InvariantCulture, $"${_places.Count + 1}")));
        return _places[value];
    }
}

/// <summary>Keeps the statements of the one connection that writes: to parse and plan a look-up costs more than to answer it. Used by one transaction at a time.</summary>
internal sealed class SqliteStatements
{
    // More texts than that come from look-ups of ever new shapes.
    private const int Most = 400;

    private readonly Dictionary<string, SqliteStatement> _known = new(StringComparer.Ordinal);
    private sqlite3? _of;

    public SqliteStatement Of(sqlite3 db, string sql)
    {
        if (!ReferenceEquals(_of, db) || _known.Count >= Most) Clear();
        _of = db;
        if (!_known.TryGetValue(sql, out var statement)) _known[sql] = statement = SqliteStatement.Of(db, sql);
        return statement;
    }

    /// <summary>Gives them back: a connection with statements is not closed.</summary>
    public void Clear()
    {
        foreach (var statement in _known.Values) statement.Dispose();
        _known.Clear();
        _of = null;
    }
}
