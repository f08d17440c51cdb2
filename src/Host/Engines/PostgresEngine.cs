using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Trellis.Kernel;

namespace Trellis.Host.Engines;

/// <summary>PostgreSQL: read committed, with a named lock where a decision depends on the absence of rivals.</summary>
internal sealed class PostgresEngine : Engine
{
    public override string Name => "PostgreSQL";

    public override bool StoresTimeAsNumber => false;

    public override bool StoresIdAsBytes => false;

    public override void ConfigureText(IMutableProperty property) => property.SetCollation("C");

    public override async Task<IWriteTransaction> BeginAsync(Db db, CancellationToken ct) =>
        new Plain(await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct));

    public override async Task LockAsync(Db db, string key, CancellationToken ct)
    {
        var number = BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({number})", ct);
    }

    public override bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override async Task InsertAsync<T>(Db db, IEnumerable<T> rows, CancellationToken ct)
    {
        var shape = new RowShape<T>(db);
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await using var writer = await connection.BeginBinaryImportAsync($"COPY \"{shape.Table}\" ({shape.Columns}) FROM STDIN (FORMAT BINARY)", ct);
            var types = shape.StoreTypes.Select(StoreType).ToArray();
            foreach (var row in rows)
            {
                await writer.StartRowAsync(ct);
                for (var i = 0; i < types.Length; i++)
                {
                    if (shape.Value(row, i) is { } value) await writer.WriteAsync(value, types[i], ct);
                    else await writer.WriteNullAsync(ct);
                }
            }

            await writer.CompleteAsync(ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string StoreType(string declared)
    {
        var length = declared.IndexOf('(');
        return length < 0 ? declared : declared[..length];
    }

    private sealed class Plain(IDbContextTransaction transaction) : IWriteTransaction
    {
        public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

        public ValueTask DisposeAsync() => transaction.DisposeAsync();
    }
}
