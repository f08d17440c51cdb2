using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>Values of custom fields of many records at once, for imports and merges; call it inside a transaction.</summary>
public static class FieldRows
{
    private const int AtOnce = 1000;

    /// <summary>The values of some records, by record and field, in their order. It reads past a partner's sight: who may be told is the caller's business.</summary>
    public static async Task<Dictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>>> ReadAsync<TId>(Db db, IReadOnlyCollection<TId> records, IReadOnlyCollection<FieldId>? fields, CancellationToken ct) where TId : struct, ITypedId<TId>
    {
        var found = new Dictionary<(TId, FieldId), IReadOnlyList<FieldText>>();
        foreach (var some in records.Chunk(AtOnce))
        {
            var values = db.Set<FieldValue<TId>>().IgnoreQueryFilters([Db.PartnerFilter]).AsNoTracking().Where(v => some.Contains(v.Subject));
            if (fields is not null) values = values.Where(v => fields.Contains(v.FieldId));
            var rows = await values.Select(v => new { v.Subject, v.FieldId, v.Part, v.Text, v.Key }).ToListAsync(ct);
            foreach (var one in rows.GroupBy(v => (v.Subject, v.FieldId))) found[one.Key] = [.. one.OrderBy(v => v.Part).Select(v => new FieldText(v.Text, v.Key))];
        }

        return found;
    }

    /// <summary>Asks among other look-ups for what the fields of one record say, the first choice of each. It reads past a partner's sight.</summary>
    public static List<(FieldId Field, string Text)> Ask<TId>(Asks asks, Db db, TId record) where TId : struct, ITypedId<TId> =>
        asks.For($"SELECT field_id, text FROM {db.Model.FindEntityType(typeof(FieldValue<TId>))!.GetTableName()} WHERE tenant_id = $1 AND subject = $2 AND part = 0", row => (row.Id<FieldId>(0), row.Text(1)), record);

    /// <summary>What fields of one record were given in this transaction and not saved yet, the first choice of each.</summary>
    public static List<(FieldId Field, string Text)> Typed<TId>(Db db, TId record) where TId : struct, ITypedId<TId> =>
        [.. db.ChangeTracker.Entries<FieldValue<TId>>().Where(v => v.State == EntityState.Added && v.Entity.Part == 0 && v.Entity.Subject.Equals(record)).Select(v => (v.Entity.FieldId, v.Entity.Text))];

    /// <summary>Replaces values, past the tracker: no text at all leaves the field empty.</summary>
    public static async Task WriteAsync<TId>(Work work, IReadOnlyDictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> values, IEnumerable<(TId Record, FieldId Field)> replaced, CancellationToken ct) where TId : struct, ITypedId<TId>
    {
        foreach (var field in replaced.GroupBy(g => g.Field, g => g.Record))
            foreach (var some in field.Chunk(AtOnce)) await work.Db.Set<FieldValue<TId>>().Where(v => v.FieldId == field.Key && some.Contains(v.Subject)).ExecuteDeleteAsync(ct);
        if (values.Count > 0)
            await work.Db.Engine.InsertAsync(work.Db, values.SelectMany(v => v.Value.Select((text, part) => RecordType<TId>.RowOf(work.Tenant, v.Key.Record, v.Key.Field, part, text))), ct);
    }

    /// <summary>Replaces values, past the tracker.</summary>
    public static Task WriteAsync<TId>(Work work, IReadOnlyDictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> values, CancellationToken ct) where TId : struct, ITypedId<TId> => WriteAsync(work, values, values.Keys, ct);

    /// <summary>Deletes the values of records that go.</summary>
    public static async Task DeleteAsync<TId>(Db db, IReadOnlyCollection<TId> records, CancellationToken ct) where TId : struct, ITypedId<TId>
    {
        foreach (var some in records.Chunk(AtOnce)) await db.Set<FieldValue<TId>>().Where(v => some.Contains(v.Subject)).ExecuteDeleteAsync(ct);
    }
}
