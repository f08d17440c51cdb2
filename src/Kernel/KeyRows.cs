using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>Tables of short keys under which a record is found: many narrow look-ups, and many rows, in one statement.</summary>
public static class KeyRows
{
    // As many places as keys would make a new statement for each number of them, to be translated and planned anew.
    private const int Step = 8;

    /// <summary>
    /// At most <paramref name="most"/> rows of each key, the first by <paramref name="order"/>: a common key does not crowd out the rare ones. The table has the columns
    /// <c>tenant_id</c> and <c>key</c>, and an index that begins with them and goes on with <paramref name="order"/>.
    /// </summary>
    public static IQueryable<T> FewOfEach<T>(Db db, IReadOnlyList<string> keys, string order, int most) where T : class, ITenantOwned
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName()!;
        var places = Math.Max(1, (keys.Count + Step - 1) / Step) * Step;
        var values = new object[places + 1];
        values[0] = Stored(db, db.Tenant);
        var sql = new StringBuilder();
        for (var i = 1; i <= places; i++)
        {
            // Nothing has the empty key.
            values[i] = i <= keys.Count ? keys[i - 1] : "";
            if (i > 1) sql.Append(" UNION ALL ");
            sql.Append($"SELECT * FROM (SELECT * FROM \"{table}\" WHERE tenant_id = {{0}} AND key = {{{i}}} ORDER BY {order} LIMIT {most}) AS k{i}");
        }

        return db.Set<T>().FromSqlRaw(sql.ToString(), values).IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking();
    }

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
