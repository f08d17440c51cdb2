using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>
/// Search on SQLite: beside each searched table an FTS5 index of all runs of three characters, kept by triggers. The index names candidates, the
/// condition on the column decides, so the answer is that of a scan.
/// </summary>
internal sealed class SqliteSearch
{
    // Beyond this many candidates a walk in the asked order meets a page full of matches sooner than the index could be sorted.
    private const int Many = 100_000;
    private readonly ConcurrentDictionary<string, bool> _indexed = new();

    /// <summary>Makes what is missing and fills it; returns the tables whose index was made anew.</summary>
    public async Task<int> PrepareAsync(Db db, CancellationToken ct)
    {
        var made = 0;
        try
        {
            foreach (var (table, column) in Searching.Tables(db.Model))
            {
                if (Exists(db, table)) continue;
                await db.Database.ExecuteSqlRawAsync(Definition(table, column), ct);
                made++;
            }
        }
        catch (SqliteException exception) when (exception.Message.Contains("no such module", StringComparison.Ordinal) || exception.Message.Contains("no such tokenizer", StringComparison.Ordinal))
        {
            // A library without FTS5 searches by scanning.
        }

        _indexed.Clear();
        return made;
    }

    /// <summary>Fills every index anew from its table: after a VACUUM by other tools, which may number rows anew.</summary>
    public static async Task RebuildAsync(Db db, CancellationToken ct)
    {
        foreach (var (table, _) in Searching.Tables(db.Model).Where(t => Exists(db, t.Table)))
        {
            var anew = $"INSERT INTO \"{table}_search\"(\"{table}_search\") VALUES ('rebuild')";
            await db.Database.ExecuteSqlRawAsync(anew, ct);
        }
    }

    public IQueryable<T> Narrow<T>(Db db, IQueryable<T> rows, IReadOnlyList<string> words) where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = entity.GetTableName() ?? entity.GetViewName()!;
        if (Match(words) is not { Length: > 0 } match || !_indexed.GetOrAdd(table, t => Exists(db, t)) || Count(db, table, match) > Many) return rows;
        // The order of the join is fixed: candidates first, each looked up by its row number. The plus keeps the tenant from choosing another way.
        var sql = $"SELECT a.* FROM \"{table}_search\" AS s CROSS JOIN \"{table}\" AS a WHERE s.\"{table}_search\" MATCH {{0}} AND a.rowid = s.rowid AND +a.tenant_id = {{1}}";
        var root = db.Set<T>().FromSqlRaw(sql, match, db.Tenant.Value.ToByteArray(true)).Expression;
        return rows.Provider.CreateQuery<T>(new Root(typeof(T), root).Visit(rows.Expression));
    }

    /// <summary>The searched column of a table that has an index for it.</summary>
    public string? ColumnOf(Db db, string table)
    {
        foreach (var (searched, column) in Searching.Tables(db.Model))
            if (searched == table) return _indexed.GetOrAdd(table, t => Exists(db, t)) ? column : null;
        return null;
    }

    /// <summary>The runs of three characters, without overlap and with the last of each word, all of which a row must have.</summary>
    internal static string Match(IReadOnlyList<string> words)
    {
        var match = new StringBuilder();
        foreach (var runes in words.Select(w => w.EnumerateRunes().Select(r => r.ToString()).ToArray()).Where(r => r.Length >= 3))
        {
            var starts = Enumerable.Range(0, runes.Length / 3).Select(i => i * 3).Append(runes.Length - 3).Distinct();
            foreach (var start in starts) match.Append('"').Append(string.Concat(runes[start..(start + 3)]).Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\" ");
        }

        return match.ToString().TrimEnd();
    }

    private static bool Exists(Db db, string table) => Scalar(db, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = $p", table + "_search_add") > 0;

    private static long Count(Db db, string table, string match) =>
        Scalar(db, $"SELECT count(*) FROM (SELECT 1 FROM \"{table}_search\" WHERE \"{table}_search\" MATCH $p LIMIT {Many + 1})", match);

    // SQLite answers in this thread in any case.
    private static long Scalar(Db db, string sql, string value)
    {
        db.Database.OpenConnection();
        try
        {
            using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
            command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$p", value);
            return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            db.Database.CloseConnection();
        }
    }

    private static string Definition(string table, string column) => $"""
        DROP TABLE IF EXISTS "{table}_search";
        CREATE VIRTUAL TABLE "{table}_search" USING fts5("{column}", content='{table}', content_rowid='rowid', tokenize='trigram', detail=none, columnsize=0);
        INSERT INTO "{table}_search"("{table}_search", rank) VALUES ('hashsize', 16777216);
        INSERT INTO "{table}_search"("{table}_search") VALUES ('rebuild');
        CREATE TRIGGER "{table}_search_add" AFTER INSERT ON "{table}" BEGIN
          INSERT INTO "{table}_search"(rowid, "{column}") VALUES (new.rowid, new."{column}");
        END;
        CREATE TRIGGER "{table}_search_drop" AFTER DELETE ON "{table}" BEGIN
          INSERT INTO "{table}_search"("{table}_search", rowid, "{column}") VALUES ('delete', old.rowid, old."{column}");
        END;
        CREATE TRIGGER "{table}_search_change" AFTER UPDATE OF "{column}" ON "{table}" WHEN old."{column}" IS NOT new."{column}" BEGIN
          INSERT INTO "{table}_search"("{table}_search", rowid, "{column}") VALUES ('delete', old.rowid, old."{column}");
          INSERT INTO "{table}_search"(rowid, "{column}") VALUES (new.rowid, new."{column}");
        END;
        """;

    /// <summary>Puts the narrowed rows in the place of the whole table.</summary>
    private sealed class Root(Type type, Expression root) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) =>
            node is EntityQueryRootExpression query && node.GetType() == typeof(EntityQueryRootExpression) && query.EntityType.ClrType == type ? root : base.VisitExtension(node);
    }
}
