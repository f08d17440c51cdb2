using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Trellis.Whole.Tests;

/// <summary>Writes the mark into every text for people in rows that one partner may see and the other may not.</summary>
internal static partial class Marks
{
    private const int MostRows = 300;

    /// <summary>Columns that hold words for people; a mark in a code, an address or a JSON text would break what reads it.</summary>
    [GeneratedRegex("(name|title|customer|account|note|notes|comment|reason|description|subject|text|body|detail|message|summary|contact)$", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    public static async Task WriteAsync(Cast cast)
    {
        var marked = 0;
        await cast.AsAsync(cast.Administrator.Actor!, async db =>
        {
            foreach (var entity in db.Model.GetEntityTypes().Where(IsLimited))
            {
                var ids = await cast.IdsAsync(entity.FindPrimaryKey()!.Properties[1].ClrType, cast.Clearview.Actor!, cast.Brightpath.Actor!);
                foreach (var column in entity.GetProperties().Where(IsForPeople))
                    foreach (var some in ids.Take(MostRows).Chunk(100))
                        marked += await MarkAsync(db, entity, column, some);
            }

            return 0;
        });
        marked.ShouldBeGreaterThan(0, "nothing of the second partner was marked, so no leak could be seen");
    }

    private static bool IsLimited(IEntityType entity) =>
        entity.GetTableName() is not null && entity.FindDeclaredQueryFilter(Db.PartnerFilter) is not null
        && entity.FindPrimaryKey() is { Properties: [{ Name: "TenantId" }, var key] } && typeof(ITypedId).IsAssignableFrom(key.ClrType);

    private static bool IsForPeople(IProperty property) =>
        property.ClrType == typeof(string) && Words().IsMatch(property.Name) && !property.IsKey() && property.GetContainingIndexes().All(i => !i.IsUnique);

    private static Task<int> MarkAsync(Db db, IEntityType entity, IProperty column, Guid[] ids)
    {
        object[] keys = [.. ids.Select(id => db.Engine.StoresIdAsBytes ? (object)id.ToByteArray(true) : id)];
        var (name, key) = (column.GetColumnName(), entity.FindPrimaryKey()!.Properties[1].GetColumnName());
        var mark = $"{Cast.Mark}-{entity.GetTableName()}-{name}";
        var room = (column.GetMaxLength() ?? 4000) - mark.Length - 1;
        var places = string.Join(", ", keys.Select((_, i) => $"{{{i}}}"));
        var sql = $"UPDATE \"{entity.GetTableName()}\" SET \"{name}\" = \"{name}\" || ' {mark}' WHERE \"{key}\" IN ({places}) "
            + $"AND length(\"{name}\") < {room} AND substr(\"{name}\", 1, 1) NOT IN ('[', {{{keys.Length}}}) AND \"tenant_id\" = {{{keys.Length + 1}}}";
        object tenant = db.Engine.StoresIdAsBytes ? db.Tenant.Value.ToByteArray(true) : db.Tenant.Value;
        return db.Database.ExecuteSqlRawAsync(sql, [.. keys, "{", tenant]);
    }
}
