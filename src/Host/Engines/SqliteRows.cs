using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Trellis.Host.Engines;

/// <summary>Writes rows by one prepared statement whose values are bound directly: a command object for each row costs more than the row.</summary>
internal static class SqliteRows
{
    // The provider was compiled against a binding that cannot be restored (see SqliteBinding), so its handle is not to be named in code.
    private static readonly PropertyInfo HandleOf = typeof(SqliteConnection).GetProperty("Handle")!;

    public static void Insert<T>(SqliteConnection connection, RowShape shape, IEnumerable<T> rows, bool missing = false) where T : class
    {
        using var statement = SqliteStatement.Of(Handle(connection), InsertOf(shape) + (missing ? " ON CONFLICT DO NOTHING" : ""));
        foreach (var row in rows) statement.Insert(shape, row);
    }

    /// <summary>The statement that adds one row.</summary>
    public static string InsertOf(RowShape shape) => $"INSERT INTO \"{shape.Table}\" ({shape.Columns}) VALUES ({string.Join(", ", shape.Names.Select(_ => "?"))})";

    /// <summary>
    /// The same for a table with an index for search. Its trigger would make a statement that can be undone, before which the index writes out what it has gathered: seven
    /// times the work. So the index takes all rows at once, afterwards; whoever fails between undoes the transaction.
    /// </summary>
    public static void InsertSearched<T>(SqliteConnection connection, RowShape shape, IEnumerable<T> rows, string column) where T : class
    {
        var db = Handle(connection);
        var last = Last(db, shape.Table);
        Check(raw.sqlite3_db_config(db, EnableTriggers, 0, out _), db);
        try
        {
            Insert(connection, shape, rows);
            Check(raw.sqlite3_exec(db, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO \"{shape.Table}_search\"(rowid, \"{column}\") SELECT rowid, \"{column}\" FROM \"{shape.Table}\" WHERE rowid > {last}")), db);
        }
        finally
        {
            Check(raw.sqlite3_db_config(db, EnableTriggers, 1, out _), db);
        }
    }

    private static long Last(sqlite3 db, string table)
    {
        Check(raw.sqlite3_prepare_v2(db, $"SELECT coalesce(max(rowid), 0) FROM \"{table}\"", out var statement), db);
        using (statement)
        {
            var answer = raw.sqlite3_step(statement);
            if (answer != raw.SQLITE_ROW) Check(answer, db);
            return raw.sqlite3_column_int64(statement, 0);
        }
    }

    // SQLITE_DBCONFIG_ENABLE_TRIGGER
    private const int EnableTriggers = 1003;

    /// <summary>Runs a statement without values or answer.</summary>
    public static void Run(SqliteConnection connection, string sql) => Check(raw.sqlite3_exec(Handle(connection), sql), Handle(connection));

    /// <summary>The library's own connection, which outlives the managed one in the pool.</summary>
    public static sqlite3 Handle(SqliteConnection connection) => (sqlite3)HandleOf.GetValue(connection)!;

    // As the provider stores them.
    public static int Bind(sqlite3_stmt statement, int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, at),
        string text => Bind(statement, at, text),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, at, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, at, bytes),
        long number => raw.sqlite3_bind_int64(statement, at, number),
        int number => raw.sqlite3_bind_int64(statement, at, number),
        short number => raw.sqlite3_bind_int64(statement, at, number),
        byte number => raw.sqlite3_bind_int64(statement, at, number),
        bool yes => raw.sqlite3_bind_int64(statement, at, yes ? 1 : 0),
        double number => raw.sqlite3_bind_double(statement, at, number),
        float number => raw.sqlite3_bind_double(statement, at, number),
        decimal number => Bind(statement, at, number.ToString("0.0###########################", CultureInfo.InvariantCulture)),
        Guid id => Bind(statement, at, id.ToString().ToUpperInvariant()),
        DateOnly day => Bind(statement, at, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{value.GetType()} cannot be written in bulk."),
    };

    private static int Bind(sqlite3_stmt statement, int at, string text)
    {
        // An empty span has no address, and would be stored as NULL.
        if (text.Length == 0) return raw.sqlite3_bind_text(statement, at, "");
        if (text.Length <= 256)
        {
            Span<byte> bytes = stackalloc byte[768];
            return raw.sqlite3_bind_text(statement, at, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return raw.sqlite3_bind_text(statement, at, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Throws what the library says of a call that failed.</summary>
    public static void Check(int answer, sqlite3 db)
    {
        if (answer != raw.SQLITE_OK) throw new SqliteException($"SQLite Error {answer}: '{raw.sqlite3_errmsg(db).utf8_to_string()}'.", answer & 0xff, raw.sqlite3_extended_errcode(db));
    }
}
