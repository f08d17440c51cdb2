using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>A record as it stands, in one text: what an undo brings back.</summary>
internal static class Snapshot
{
    // No column has such a name.
    private const string Fields = "$fields";

    public static string Of<T>(Db db, T row) where T : class => Of(db, row, []);

    /// <summary>With the custom fields that are about to be replaced.</summary>
    public static string Of<T>(Db db, T row, FieldSwap[] replaced) where T : class
    {
        var values = Columns<T>(db).ToDictionary(p => p.Name, p => p.GetGetter().GetClrValue(row));
        if (replaced.Length > 0) values[Fields] = replaced;
        return JsonSerializer.Serialize(values, Json.Options);
    }

    /// <summary>The custom fields that were replaced.</summary>
    public static FieldSwap[] Replaced(string snapshot) =>
        snapshot.Contains(Fields, StringComparison.Ordinal) && Read(snapshot).TryGetValue(Fields, out var replaced) ? replaced.Deserialize<FieldSwap[]>(Json.Options)! : [];

    /// <summary>Gives a tracked record the values that it had; its key and the count of its versions go on.</summary>
    public static void Restore<T>(Db db, T tracked, string snapshot) where T : class
    {
        var entry = db.Entry(tracked);
        var values = Read(snapshot);
        // A column that came later keeps what it has.
        foreach (var column in Columns<T>(db).Where(c => !c.IsPrimaryKey() && c.Name != nameof(IVersioned.Version) && values.ContainsKey(c.Name)))
            entry.Property(column.Name).CurrentValue = values[column.Name].Deserialize(column.ClrType, Json.Options);
    }

    /// <summary>The record again, where it is gone.</summary>
    public static T Make<T>(Db db, string snapshot) where T : class
    {
        var row = (T)Activator.CreateInstance(typeof(T), nonPublic: true)!;
        var values = Read(snapshot);
        foreach (var column in Columns<T>(db).Where(c => values.ContainsKey(c.Name)))
            column.PropertyInfo!.SetValue(row, values[column.Name].Deserialize(column.ClrType, Json.Options));
        return row;
    }

    private static IEnumerable<IProperty> Columns<T>(Db db) => db.Model.FindEntityType(typeof(T))!.GetProperties();

    private static Dictionary<string, JsonElement> Read(string snapshot) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(snapshot, Json.Options)!;
}
