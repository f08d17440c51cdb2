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

    public static void Insert<T>(SqliteConnection connection, RowShape<T> shape, IEnumerable<T> rows) where T : class
    {
        var db = (sqlite3)HandleOf.GetValue(connection)!;
        var sql = $"INSERT INTO \"{shape.Table}\" ({shape.Columns}) VALUES ({string.Join(", ", shape.Names.Select(_ => "?"))})";
        Check(raw.sqlite3_prepare_v2(db, sql, out var statement), db);
        using (statement)
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < shape.Names.Length; i++) Check(Bind(statement, i + 1, shape.Value(row, i)), db);
                var answer = raw.sqlite3_step(statement);
                if (answer != raw.SQLITE_DONE) Check(answer, db);
                raw.sqlite3_reset(statement);
            }
        }
    }

    // As the provider stores them.
    private static int Bind(sqlite3_stmt statement, int at, object? value) => value switch
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

    private static void Check(int answer, sqlite3 db)
    {
        if (answer != raw.SQLITE_OK) throw new SqliteException($"SQLite Error {answer}: '{raw.sqlite3_errmsg(db).utf8_to_string()}'.", answer & 0xff, raw.sqlite3_extended_errcode(db));
    }
}
