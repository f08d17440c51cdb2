using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Trellis.Kernel;
using Trellis.Partners.Graph;
using Trellis.Partners.Profiling;

namespace Trellis.Partners.Merging;

/// <summary>
/// Every column of every module that names a partner, found in the model, so that a table written tomorrow is not forgotten. Only a merge uses it: the identity
/// of a partner belongs to this module, whatever table names it. The kernel's own tables are history (who acted, for whom) and stay as they are.
/// </summary>
internal sealed class PartnerReferences(Work work)
{
    private const int Batch = 400;
    private readonly Db _db = work.Db;

    /// <summary>Renames <paramref name="from"/> to <paramref name="into"/> in all rows, but for those whose twin is there already. Returns what was moved.</summary>
    public async Task<IReadOnlyList<MovedRows>> MoveAsync(PartnerId from, PartnerId into, CancellationToken ct)
    {
        var moved = new List<MovedRows>();
        foreach (var column in Columns(_db.Model))
        {
            var keys = await FreeAsync(column, from, into, ct);
            if (keys.Count == 0) continue;
            await SetAsync(column, from, into, keys, ct);
            moved.Add(new MovedRows(column.Table, column.Name, keys));
        }

        return moved;
    }

    /// <summary>Names <paramref name="from"/> again in the rows that were moved and still name <paramref name="into"/>. A row that is gone, or a table, is no fault.</summary>
    public async Task<int> ReturnAsync(IReadOnlyList<MovedRows> moved, PartnerId from, PartnerId into, CancellationToken ct)
    {
        var columns = Columns(_db.Model).ToDictionary(c => (c.Table, c.Name));
        var rows = 0;
        foreach (var part in moved)
            if (columns.TryGetValue((part.Table, part.Column), out var column)) rows += await SetAsync(column, into, from, part.Keys, ct);
        return rows;
    }

    /// <summary>A column that names a partner, with the other columns of the key and of each unique index that it is a part of.</summary>
    internal sealed record Reference(string Table, string Name, IProperty Property, IProperty Tenant, IReadOnlyList<IProperty> Key, IReadOnlyList<IReadOnlyList<IProperty>> Unique);

    internal static IEnumerable<Reference> Columns(IModel model) =>
        from entity in model.GetEntityTypes()
        where entity.GetTableName() is not null && entity.ClrType.Assembly != typeof(Db).Assembly && !Stays(entity.ClrType)
        let tenant = entity.FindProperty("TenantId")
        where tenant is not null
        from property in entity.GetProperties()
        where (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(PartnerId)
        let unique = entity.GetIndexes().Where(i => i.IsUnique).Select(i => i.Properties).Append(entity.FindPrimaryKey()!.Properties).Where(u => u.Contains(property))
        orderby entity.GetTableName(), property.Name
        select new Reference(entity.GetTableName()!, property.GetColumnName(), property, tenant!, [.. entity.FindPrimaryKey()!.Properties.Where(k => k != tenant && k != property)],
            [.. unique.Select(u => (IReadOnlyList<IProperty>)[.. u.Where(p => p != tenant && p != property)])]);

    // The record itself, what is derived from it, the merges, and what an import has made: that stays with the record that it made.
    private static bool Stays(Type type) => type == typeof(Partner) || type == typeof(PartnerMerge) || type == typeof(Lineage) || type == typeof(Relation) || type == typeof(Trait) || type == typeof(Hygiene.PartnerKey) || type == typeof(Hygiene.TwinRow) || type == typeof(Imports.PartnerImportRow) || type == typeof(Conflicts.SaidValue);

    /// <summary>How many rows of each table a merge would move, in one statement.</summary>
    public async Task<IReadOnlyList<(string Table, int Rows)>> CountAsync(PartnerId from, PartnerId into, CancellationToken ct)
    {
        var columns = Columns(_db.Model).ToList();
        await _db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = Command();
            command.CommandText = string.Join(" UNION ALL ", columns.Select((c, i) => $"SELECT {i}, COUNT(*) {Free(c)}"));
            Parameter(command, "@tenant", columns[0].Tenant, _db.Tenant);
            Parameter(command, "@from", columns[0].Property, from);
            Parameter(command, "@into", columns[0].Property, into);
            var found = new List<(string Table, int Rows)>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                if (reader.GetInt64(1) is > 0 and var rows) found.Add((columns[(int)reader.GetInt64(0)].Table, (int)rows));
            return found;
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>How many rows name each of some partners, in one statement; tables that are passed over count nothing.</summary>
    public async Task<IReadOnlyDictionary<PartnerId, int>> CountAsync(IReadOnlyList<PartnerId> partners, IReadOnlyCollection<string> but, CancellationToken ct)
    {
        var found = new Dictionary<PartnerId, int>();
        if (partners.Count == 0) return found;
        var columns = Columns(_db.Model).Where(c => !but.Contains(c.Table)).ToList();
        var names = string.Join(", ", partners.Select((_, i) => $"@p{i}"));
        await _db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = Command();
            command.CommandText = string.Join(" UNION ALL ", columns.Select(c => (Table: Quote(c.Table), Name: Quote(c.Name), Tenant: Quote(c.Tenant.GetColumnName())))
                .Select(c => $"SELECT {c.Name}, COUNT(*) FROM {c.Table} WHERE {c.Tenant} = @tenant AND {c.Name} IN ({names}) GROUP BY {c.Name}"));
            Parameter(command, "@tenant", columns[0].Tenant, _db.Tenant);
            for (var i = 0; i < partners.Count; i++) Parameter(command, $"@p{i}", columns[0].Property, partners[i]);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var partner = (PartnerId)columns[0].Property.GetRelationalTypeMapping().Converter!.ConvertFromProvider(reader.GetValue(0))!;
                found[partner] = found.GetValueOrDefault(partner) + (int)reader.GetInt64(1);
            }

            return found;
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }

    // The rows of a column that can be renamed: those without a twin.
    private static string Free(Reference column)
    {
        var (table, name, tenant) = (Quote(column.Table), Quote(column.Name), Quote(column.Tenant.GetColumnName()));
        var free = string.Concat(column.Unique.Select(u =>
            $" AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.{tenant} = t.{tenant} AND o.{name} = @into{string.Concat(u.Select(p => $" AND o.{Quote(p.GetColumnName())} = t.{Quote(p.GetColumnName())}"))})"));
        return $"FROM {table} t WHERE t.{tenant} = @tenant AND t.{name} = @from{free}";
    }

    private async Task<IReadOnlyList<JsonElement[]>> FreeAsync(Reference column, PartnerId from, PartnerId into, CancellationToken ct)
    {
        await using var command = Command();
        var select = column.Key.Count == 0 ? "1" : string.Join(", ", column.Key.Select(k => $"t.{Quote(k.GetColumnName())}"));
        command.CommandText = $"SELECT {select} {Free(column)}";
        Parameter(command, "@tenant", column.Tenant, _db.Tenant);
        Parameter(command, "@from", column.Property, from);
        if (column.Unique.Count > 0) Parameter(command, "@into", column.Property, into);
        var rows = new List<JsonElement[]>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add([.. column.Key.Select((_, i) => JsonSerializer.SerializeToElement(Plain(reader.GetValue(i))))]);
        return rows;
    }

    // What the driver gives is kept as it is: bytes and UUIDs as text, the rest as JSON writes it.
    private static object? Plain(object value) => value is byte[] bytes ? Convert.ToHexStringLower(bytes) : value is DBNull ? null : value;

    private async Task<int> SetAsync(Reference column, PartnerId from, PartnerId into, IReadOnlyList<JsonElement[]> keys, CancellationToken ct)
    {
        var rows = 0;
        foreach (var some in keys.Chunk(column.Key.Count == 0 ? int.MaxValue : Math.Max(1, Batch / column.Key.Count)))
        {
            await using var command = Command();
            var one = column.Key.Count == 0 ? "" : " AND (" + string.Join(" OR ", some.Select((_, r) =>
                "(" + string.Join(" AND ", column.Key.Select((k, i) => $"{Quote(k.GetColumnName())} = @k{r}_{i}")) + ")")) + ")";
            command.CommandText = $"UPDATE {Quote(column.Table)} SET {Quote(column.Name)} = @into WHERE {Quote(column.Tenant.GetColumnName())} = @tenant AND {Quote(column.Name)} = @from{one}";
            Parameter(command, "@tenant", column.Tenant, _db.Tenant);
            Parameter(command, "@from", column.Property, from);
            Parameter(command, "@into", column.Property, into);
            for (var r = 0; r < some.Length; r++)
                for (var i = 0; i < column.Key.Count; i++) Raw(command, $"@k{r}_{i}", column.Key[i], some[r][i]);
            rows += await command.ExecuteNonQueryAsync(ct);
        }

        return rows;
    }

    private DbCommand Command()
    {
        var command = _db.Database.GetDbConnection().CreateCommand();
        command.Transaction = _db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private static void Parameter(DbCommand command, string name, IProperty property, object value) =>
        command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, name, value, property.IsNullable));

    // A stored value goes back as the driver gave it, without the model's conversion.
    private static void Raw(DbCommand command, string name, IProperty property, JsonElement value)
    {
        var mapping = property.GetRelationalTypeMapping();
        var stored = mapping.Converter?.ProviderClrType ?? property.ClrType;
        var type = Nullable.GetUnderlyingType(stored) ?? stored;
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = type == typeof(byte[]) ? Convert.FromHexString(value.GetString()!) : value.Deserialize(type) ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    private static string Quote(string name) => $"\"{name}\"";
}
