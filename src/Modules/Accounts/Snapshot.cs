using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>A record as it stands, in one text: what an undo brings back.</summary>
internal static class Snapshot
{
    // No column has such a name.
    private const string Fields = "$fields";
    private const string Afterwards = "$after";

    public static string Of<T>(Db db, T row) where T : class => JsonSerializer.Serialize(Values(db, row, []), Json.Options);

    /// <summary>The values of a record that is about to be changed, with the custom fields that are about to be replaced.</summary>
    public static Dictionary<string, object?> Values<T>(Db db, T row, FieldSwap[] replaced) where T : class
    {
        var values = Columns<T>(db).ToDictionary(p => p.Name, p => p.GetGetter().GetClrValue(row));
        if (replaced.Length > 0) values[Fields] = replaced;
        return values;
    }

    /// <summary>What has to be known to take a change back field by field: the record as it was, and what the change has written where that is something else.</summary>
    public static string OfChange<T>(Db db, Dictionary<string, object?> before, T changed) where T : class
    {
        var after = Columns<T>(db).Where(c => c.Name != nameof(IVersioned.Version)).Select(c => (c.Name, Value: c.GetGetter().GetClrValue(changed))).Where(c => !Equals(before[c.Name], c.Value)).ToDictionary(c => c.Name, c => c.Value);
        return JsonSerializer.Serialize(new Dictionary<string, object?>(before) { [Afterwards] = after }, Json.Options);
    }

    /// <summary>
    /// Gives a tracked record the values of before where it still has what the change has written, and tells which columns have neither: those somebody has changed since. Null where the change is of an
    /// earlier release, which did not keep what it wrote.
    /// </summary>
    public static List<string>? RestoreUnchanged<T>(Db db, T tracked, string snapshot, IReadOnlyCollection<string> derived) where T : class
    {
        var values = Read(snapshot);
        if (!values.TryGetValue(Afterwards, out var written)) return null;
        var (entry, left) = (db.Entry(tracked), new List<string>());
        var after = written.Deserialize<Dictionary<string, JsonElement>>(Json.Options)!;
        foreach (var column in Columns<T>(db).Where(c => !c.IsPrimaryKey() && !derived.Contains(c.Name) && !OwnerRecord.Is(c.Name) && after.ContainsKey(c.Name)))
        {
            var now = JsonSerializer.SerializeToElement(entry.Property(column.Name).CurrentValue, Json.Options);
            if (JsonElement.DeepEquals(now, after[column.Name])) entry.Property(column.Name).CurrentValue = values[column.Name].Deserialize(column.ClrType, Json.Options);
            else if (!JsonElement.DeepEquals(now, values[column.Name])) left.Add(column.Name);
        }

        if (OwnerRecord.IsIn(entry) && after.Keys.Any(OwnerRecord.Is) && !OwnerRecord.Return(entry, values, after)) left.Add(OwnerRecord.Name);
        return left;
    }

    /// <summary>The custom fields that were replaced.</summary>
    public static FieldSwap[] Replaced(string snapshot) =>
        snapshot.Contains(Fields, StringComparison.Ordinal) && Read(snapshot).TryGetValue(Fields, out var replaced) ? replaced.Deserialize<FieldSwap[]>(Json.Options)! : [];

    /// <summary>Gives a tracked record the values that it had; its key and the count of its versions go on.</summary>
    public static void Restore<T>(Db db, T tracked, string snapshot) where T : class
    {
        var entry = db.Entry(tracked);
        var values = Read(snapshot);
        // A column that came later keeps what it has, but for the owner.
        foreach (var column in Columns<T>(db).Where(c => !c.IsPrimaryKey() && c.Name != nameof(IVersioned.Version) && !OwnerRecord.Is(c.Name) && values.ContainsKey(c.Name)))
            entry.Property(column.Name).CurrentValue = values[column.Name].Deserialize(column.ClrType, Json.Options);
        if (OwnerRecord.IsIn(entry)) OwnerRecord.Put(entry, values);
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
