using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>Tables of short keys under which a record is found: many rows in one statement.</summary>
public static class KeyRows
{
    /// <summary>Adds one row for each key together with what is saved next, past change tracking. <paramref name="owner"/> is the column of the record that has the keys.</summary>
    public static void Add<T>(Work work, IReadOnlyList<string> keys, string owner, ITypedId id) where T : class, ITenantOwned
    {
        if (keys.Count == 0) return;
        var db = work.Db;
        var (sql, values) = db.Engine.KeysOf(db.Model.FindEntityType(typeof(T))!.GetTableName()!, owner, keys);
        work.Along(new Ask(sql, [db.Engine.Stored(work.Tenant), db.Engine.Stored(id), .. values], _ => { }));
    }
}
