using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>SQLite in the process: WAL, every commit flushed, one writer at a time through a gate.</summary>
internal sealed class SqliteEngine(string file) : Engine
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SqliteSearch _search = new();
    private readonly SqliteStatements _statements = new();

    // So many rows are no bulk yet.
    private const int Few = 32;
    private bool _wide;

    public override string Name => "SQLite";

    public override bool WritesSideBySide => false;

    public override bool StoresTimeAsNumber => true;

    public override bool StoresIdAsBytes => true;

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 15,
    }.ConnectionString;

    // Another text is another pool. Only one writes at a time, so one connection writes all; nobody else changes the file, and what it has read of it stays known from one transaction to the
    // next. Any other connection must forget all that it knows after each commit.
    private readonly string _writer = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 16 }.ConnectionString;

    // A file that is not there is not made.
    private string OnlyIfThere => new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    public override void ConfigureText(IMutableProperty property)
    {
        // BINARY is SQLite's default collation.
    }

    public override async Task<IWriteTransaction> BeginAsync(Db db, CancellationToken ct)
    {
        // A transaction waits for its own flow when work outside it is started from inside; that must fail, not hang.
        if (!await _gate.WaitAsync(TimeSpan.FromSeconds(60), ct)) throw new EngineBusyException("No transaction could begin for a minute: another one does not end.");
        try
        {
            if (db.Database.GetDbConnection().State == System.Data.ConnectionState.Closed) db.Database.SetConnectionString(_writer);
            // Serializable begins as a writer (BEGIN IMMEDIATE), so what is read inside is what is still true at the commit.
            var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, ct);
            return new Gated(this, db, transaction);
        }
        catch
        {
            Read(db);
            _gate.Release();
            throw;
        }
    }

    // From here on the work reads again by a connection of its own.
    private void Read(Db db)
    {
        if (db.Database.GetDbConnection().State == System.Data.ConnectionState.Closed) db.Database.SetConnectionString(ConnectionString);
    }

    // There is one writer: whoever holds the transaction holds every key.
    public override Task LockAsync(Db db, IReadOnlyCollection<string> keys, CancellationToken ct) => Task.CompletedTask;

    public override Ask? LockStatement(IReadOnlyCollection<string> keys) => null;

    // SQLite answers in this thread in any case; a round trip costs nothing.
    public override async Task AskAsync(Db db, IReadOnlyList<Ask> asks, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = SqliteRows.Handle((SqliteConnection)db.Database.GetDbConnection());
            if (db.Database.CurrentTransaction is not null) foreach (var ask in asks) _statements.Of(connection, ask.Sql).Answer(ask);
            else foreach (var ask in asks) Take(connection, ask);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public override void Look(Ask ask)
    {
        using var connection = new SqliteConnection(OnlyIfThere);
        connection.Open();
        Take(SqliteRows.Handle(connection), ask);
    }

    private static void Take(sqlite3 connection, Ask ask)
    {
        using var statement = SqliteStatement.Of(connection, ask.Sql);
        statement.Answer(ask);
    }

    public override Task<bool> AddAsync(Db db, IReadOnlyList<EntityEntry> entries, IReadOnlyList<Ask> along, CancellationToken ct)
    {
        var rows = entries.GroupBy(e => RowShape.Of(e.Metadata), e => e.Entity).ToList();
        if (rows.Exists(r => !r.Key.Plain)) return Task.FromResult(false);
        var connection = SqliteRows.Handle((SqliteConnection)db.Database.GetDbConnection());
        try
        {
            foreach (var table in rows)
            {
                var insert = _statements.Of(connection, SqliteRows.InsertOf(table.Key));
                foreach (var row in table) insert.Insert(table.Key, row);
            }
        }
        catch (SqliteException exception)
        {
            // As the machinery for changes would say it.
            throw new DbUpdateException(exception.Message, exception);
        }

        foreach (var statement in along) _statements.Of(connection, statement.Sql).Answer(statement);
        return Task.FromResult(true);
    }

    public override (string Condition, object?[] Values) OneOf(string column, int first, IReadOnlyList<Guid> ids)
    {
        var places = Places(ids.Count);
        // Nothing has the empty identifier.
        return ($"{column} IN ({string.Join(", ", Enumerable.Range(first, places).Select(i => $"${i}"))})", [.. Enumerable.Range(0, places).Select(i => (i < ids.Count ? ids[i] : Guid.Empty).ToByteArray(bigEndian: true))]);
    }

    public override (string Sql, object?[] Values) FewOfEach(string table, string column, int first, IReadOnlyList<string> keys, int most)
    {
        var places = Places(keys.Count);
        var each = Enumerable.Range(first, places).Select(i => $"SELECT * FROM (SELECT key, {column} FROM {table} WHERE tenant_id = $1 AND key = ${i} ORDER BY {column} LIMIT {most}) AS k{i}");
        // Nothing has the empty key.
        return (string.Join(" UNION ALL ", each), [.. Enumerable.Range(0, places).Select(i => i < keys.Count ? keys[i] : "")]);
    }

    public override (string Sql, object?[] Values) KeysOf(string table, string column, IReadOnlyList<string> keys) =>
        ($"INSERT INTO {table} (tenant_id, key, {column}) VALUES {string.Join(", ", keys.Select((_, i) => $"($1, ${i + 3}, $2)"))}", [.. keys]);

    // As many places as values would make a new statement for each number of them.
    private static int Places(int values) => Math.Max(1, (values + 7) / 8) * 8;

    public override bool IsDuplicate(Exception exception) => exception.Within<SqliteException>() is { SqliteErrorCode: 19, SqliteExtendedErrorCode: 2067 or 1555 };

    // BUSY and LOCKED, in their plain and extended forms: another process holds the file.
    public override bool IsClash(Exception exception) => exception.Within<SqliteException>() is { SqliteErrorCode: 5 or 6 };

    // Every index begins with the tenant, so a sample of the first rows would see one tenant, one state and one partner, and call every index equally useless: all rows
    // are read. Indexes one by one, so that a writer waits for one of them at most:
    // 278 indexes take 19 s at a million accounts, the longest 2.6 s, on a machine busy with other things.
    public override async Task AnalyseAsync(Db db, CancellationToken ct)
    {
        const string everything = "PRAGMA analysis_limit = 0; ANALYZE;";
        if (db.Database.CurrentTransaction is not null) await db.Database.ExecuteSqlRawAsync(everything, ct);
        else
        {
            const string each = """SELECT 'PRAGMA analysis_limit = 0; ANALYZE "' || name || '";' AS Value FROM sqlite_schema WHERE type = 'index' ORDER BY tbl_name, name""";
            foreach (var analyse in await db.Database.SqlQueryRaw<string>(each).ToListAsync(ct))
                await Work.AloneAsync(db, () => db.Database.ExecuteSqlRawAsync(analyse, ct), ct);
            await Work.AloneAsync(db, () =>
            {
                _statements.Clear();
                return Task.FromResult(0);
            }, ct);
        }

        // Connections that wait in the pool have read the old ones.
        SqliteConnection.ClearAllPools();
    }

    public override async Task<int> PrepareSearchAsync(Db db, CancellationToken ct)
    {
        await using var transaction = await BeginAsync(db, ct);
        var made = await _search.PrepareAsync(db, ct);
        await transaction.CommitAsync(ct);
        return made;
    }

    public override async Task RebuildSearchAsync(Db db, CancellationToken ct)
    {
        await using var transaction = await BeginAsync(db, ct);
        await SqliteSearch.RebuildAsync(db, ct);
        await transaction.CommitAsync(ct);
    }

    public override IQueryable<T> Search<T>(Db db, IQueryable<T> rows, IReadOnlyList<string> words) => _search.Narrow(db, rows, words);

    public override async Task InsertAsync<T>(Db db, IEnumerable<T> rows, CancellationToken ct)
    {
        var shape = RowShape.Of<T>(db);
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var own = db.Database.CurrentTransaction is null ? await BeginAsync(db, ct) : null;
            await using (own)
            {
                var connection = (SqliteConnection)db.Database.GetDbConnection();
                var many = !rows.TryGetNonEnumeratedCount(out var count) || count > Few;
                if (many) Widen(connection);
                if (many && _search.ColumnOf(db, shape.Table) is { } searched) SqliteRows.InsertSearched(connection, shape, rows, searched);
                else SqliteRows.Insert(connection, shape, rows);
                if (own is not null) await own.CommitAsync(ct);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public override async Task InsertMissingAsync<T>(Db db, IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await Work.AloneAsync(db, () =>
            {
                SqliteRows.Insert((SqliteConnection)db.Database.GetDbConnection(), RowShape.Of<T>(db), rows, missing: true);
                return Task.FromResult(rows.Count);
            }, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // Many rows touch more pages of indexes than a page of the program reads: what does not fit is written out and read again. Until the transaction ends; there is one at a time.
    private void Widen(SqliteConnection connection)
    {
        if (_wide) return;
        SqliteRows.Run(connection, SqlitePragmas.WideCache);
        _wide = true;
    }

    private sealed class Gated(SqliteEngine engine, Db db, IDbContextTransaction transaction) : IWriteTransaction
    {
        public Task CommitAsync(CancellationToken ct)
        {
            // After the commit the connection is somebody else's.
            Narrow();
            return transaction.CommitAsync(ct);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await using (transaction) Narrow();
                engine.Read(db);
            }
            finally
            {
                engine._gate.Release();
            }
        }

        private void Narrow()
        {
            if (!engine._wide) return;
            engine._wide = false;
            SqliteRows.Run((SqliteConnection)db.Database.GetDbConnection(), SqlitePragmas.PlainCache);
        }
    }
}

/// <summary>Sets what every new connection needs: write-ahead log, flush at each commit, patience with a busy file. One that comes out of the pool has it already.</summary>
internal sealed class SqlitePragmas : Microsoft.EntityFrameworkCore.Diagnostics.DbConnectionInterceptor
{
    /// <summary>While many rows are written in one transaction.</summary>
    public const string WideCache = "PRAGMA cache_size = -128000;";

    /// <summary>At all other times.</summary>
    public const string PlainCache = "PRAGMA cache_size = -32000;";

    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 15000; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; " + PlainCache;

    private readonly ConditionalWeakTable<object, object> _known = [];

    public override void ConnectionOpened(DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData)
    {
        var handle = SqliteRows.Handle((SqliteConnection)connection);
        if (_known.TryGetValue(handle, out _)) return;
        // Whoever only looks whether the file is there may set nothing: an empty one would be written.
        if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        _known.AddOrUpdate(handle, handle);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData, CancellationToken ct)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
