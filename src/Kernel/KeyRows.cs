using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>Tables of short keys under which a record is found: many rows in one statement.</summary>
public static class KeyRows
{
    /// <summary>Adds one row for each key, in the open transaction: one statement, past change tracking. <paramref name="owner"/> is the column of the record that has the keys.</summary>
    public static Task<int> AddAsync<T>(Db db, IReadOnlyCollection<string> keys, string owner, ITypedId id, CancellationToken ct) where T : class, ITenantOwned
    {
        if (keys.Count == 0) return Task.FromResult(0);
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName()!;
        var rows = string.Join(", ", keys.Select((_, i) => $"({{0}}, {{{i + 2}}}, {{1}})"));
        var sql = $"INSERT INTO \"{table}\" (tenant_id, key, {owner}) VALUES {rows}";
        return db.Database.ExecuteSqlRawAsync(sql, [Stored(db, db.Tenant), Stored(db, id), .. keys], ct);
    }

    private static object Stored(Db db, ITypedId id) => db.Engine.StoresIdAsBytes ? id.Value.ToByteArray(true) : id.Value;
}
