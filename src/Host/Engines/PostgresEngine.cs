using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>PostgreSQL: read committed, with a named lock where a decision depends on the absence of rivals.</summary>
internal sealed class PostgresEngine(NpgsqlDataSource source) : Engine
{
    public override string Name => "PostgreSQL";

    public override bool StoresTimeAsNumber => false;

    public override bool StoresIdAsBytes => false;

    public override void ConfigureText(IMutableProperty property) => property.SetCollation("C");

    public override async Task<IWriteTransaction> BeginAsync(Db db, CancellationToken ct) =>
        new Plain(await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct));

    public override Task LockAsync(Db db, IReadOnlyCollection<string> keys, CancellationToken ct) => AskAsync(db, [LockStatement(keys)!], ct);

    // The rows of an array come in its order, and the locks with them.
    public override Ask? LockStatement(IReadOnlyCollection<string> keys)
    {
        var numbers = keys.Select(k => BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(k)))).Distinct().Order().ToArray();
        return new Ask("SELECT pg_advisory_xact_lock(n) FROM unnest($1) AS n", [numbers], _ => { });
    }

    public override (string Condition, object?[] Values) OneOf(string column, int first, IReadOnlyList<Guid> ids) => ($"{column} = ANY(${first})", [ids.ToArray()]);

    // One statement, planned once, however many keys there are.
    public override (string Sql, object?[] Values) FewOfEach(string table, string column, int first, IReadOnlyList<string> keys, int most) =>
        ($"SELECT k.key, k.{column} FROM unnest(${first}) AS w(key) CROSS JOIN LATERAL (SELECT key, {column} FROM {table} WHERE tenant_id = $1 AND key = w.key ORDER BY {column} LIMIT {most}) AS k", [keys.ToArray()]);

    public override void Look(Ask ask)
    {
        using var own = source.OpenConnection();
        using var batch = new NpgsqlBatch(own) { BatchCommands = { PostgresRows.CommandOf(ask) } };
        using var rows = batch.ExecuteReader();
        var row = new PostgresRows.Row(rows);
        while (rows.Read()) ask.Take(row);
    }

    // Read committed: each statement sees what was committed when its turn came, so what stands behind a lock sees what its last holder has written.
    public override async Task AskAsync(Db db, IReadOnlyList<Ask> asks, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
            foreach (var ask in asks) batch.BatchCommands.Add(PostgresRows.CommandOf(ask));

            await using var rows = await batch.ExecuteReaderAsync(ct);
            var row = new PostgresRows.Row(rows);
            foreach (var ask in asks)
            {
                while (await rows.ReadAsync(ct)) ask.Take(row);
                await rows.NextResultAsync(ct);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public override bool IsDuplicate(Exception exception) => exception.Within<PostgresException>() is { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsClash(Exception exception) =>
        exception.Within<PostgresException>() is { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    // Autovacuum does it too, but a minute after a large load: until then the planner takes the tables for empty.
    public override Task AnalyseAsync(Db db, CancellationToken ct) => PatientlyAsync(db, "ANALYZE;", ct);

    // A million rows take an index minutes: more than any other statement may.
    private static async Task PatientlyAsync(Db db, string sql, CancellationToken ct)
    {
        var usual = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(TimeSpan.FromHours(2));
        try
        {
            await db.Database.ExecuteSqlRawAsync(sql, ct);
        }
        finally
        {
            db.Database.SetCommandTimeout(usual);
        }
    }

    public override async Task<int> PrepareSearchAsync(Db db, CancellationToken ct)
    {
        try
        {
            await using var transaction = await BeginAsync(db, ct);
            await LockAsync(db, "search", ct);
            await db.Database.ExecuteSqlRawAsync("CREATE EXTENSION IF NOT EXISTS pg_trgm", ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.FeatureNotSupported)
        {
            // Without the extension search scans; the health page says so.
            return 0;
        }

        var made = 0;
        foreach (var (table, column) in Searching.Tables(db.Model))
        {
            await using var transaction = await BeginAsync(db, ct);
            await LockAsync(db, "search", ct);
            var create = $"CREATE INDEX IF NOT EXISTS \"{table}_search\" ON \"{table}\" USING gin (\"{column}\" gin_trgm_ops)";
            await PatientlyAsync(db, create, ct);
            made++;
            await transaction.CommitAsync(ct);
        }

        return made;
    }

    public override async Task RebuildSearchAsync(Db db, CancellationToken ct)
    {
        foreach (var (table, _) in Searching.Tables(db.Model))
        {
            var anew = $"REINDEX INDEX \"{table}_search\"";
            await PatientlyAsync(db, anew, ct);
        }
    }

    // The planner finds the index of trigrams by itself.
    public override IQueryable<T> Search<T>(Db db, IQueryable<T> rows, IReadOnlyList<string> words) => rows;

    public override int DeliveriesTogether => 100;

    public override bool WritesSideBySide => true;

    public override Task<bool> AddAsync(Db db, IReadOnlyList<EntityEntry> entries, IReadOnlyList<Ask> along, CancellationToken ct) => PostgresRows.AddAsync(db, entries, along, ct);

    public override (string Sql, object?[] Values) KeysOf(string table, string column, IReadOnlyList<string> keys) =>
        ($"INSERT INTO {table} (tenant_id, key, {column}) SELECT $1, k, $2 FROM unnest($3) AS k", [keys.ToArray()]);

    public override async Task InsertAsync<T>(Db db, IEnumerable<T> rows, CancellationToken ct)
    {
        var search = Searching.Tables(db.Model).Select(t => t.Table).Contains(RowShape.Of<T>(db).Table) && db.Database.CurrentTransaction is not null ? RowShape.Of<T>(db).Table + "_search" : null;
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            // What is new waits in a list in front of the index of trigrams. Entered once for many rows it costs a third less than every four megabytes, and nobody else has to do it.
            if (search is not null) await db.Database.ExecuteSqlRawAsync("SET LOCAL gin_pending_list_limit = '64MB'", ct);
            await PostgresCopy.WriteAsync(db, rows, ct);
            if (search is not null) await db.Database.ExecuteSqlAsync($"SELECT gin_clean_pending_list(oid) FROM pg_class WHERE oid = to_regclass({search}) AND pg_has_role(relowner, 'USAGE')", ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public override Task InsertMissingAsync<T>(Db db, IReadOnlyCollection<T> rows, CancellationToken ct) => PostgresRows.AddMissingAsync(db, rows, ct);

    private sealed class Plain(IDbContextTransaction transaction) : IWriteTransaction
    {
        public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

        public ValueTask DisposeAsync() => transaction.DisposeAsync();
    }
}
