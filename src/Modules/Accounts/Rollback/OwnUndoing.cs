using Microsoft.EntityFrameworkCore;
using Trellis.Accounts.Imports;
using Trellis.Kernel;

namespace Trellis.Accounts.Rollback;

/// <summary>Brings custom fields back that an import has replaced, unless somebody has changed them since.</summary>
internal sealed class OwnUndoing<TId>(Work work, Dictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> now) where TId : struct, ITypedId<TId>
{
    private readonly Dictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> _back = [];

    public static async Task<OwnUndoing<TId>> OfAsync(Work work, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var with = rows.Where(r => Snapshot.Replaced(r.Before!).Length > 0).Select(r => TId.From(r.Record!.Value)).Distinct().ToList();
        return new OwnUndoing<TId>(work, await FieldRows.ReadAsync(work.Db, with, null, ct));
    }

    /// <summary>Whether a custom field holds neither what the import has written nor what was there before.</summary>
    public bool IsChangedSince(ImportRow row) => Snapshot.Replaced(row.Before!).Any(r => !Texts(row, r.Field).SequenceEqual(r.Written) && !Texts(row, r.Field).SequenceEqual(r.Before.Select(t => t.Text)));

    /// <summary>Those that still hold what the import has written get their old values.</summary>
    public void Restore(ImportRow row)
    {
        foreach (var replaced in Snapshot.Replaced(row.Before!).Where(r => Texts(row, r.Field).SequenceEqual(r.Written)).ToList()) now[(TId.From(row.Record!.Value), replaced.Field)] = _back[(TId.From(row.Record!.Value), replaced.Field)] = replaced.Before;
    }

    public Task WriteAsync(CancellationToken ct) => FieldRows.WriteAsync(work, _back, ct);

    /// <summary>Those of the records whose custom fields somebody has written since an import made them: an import itself writes no such note for new ones.</summary>
    public static async Task<List<TId>> ChangedAsync(Work work, IReadOnlyCollection<TId> ids, CancellationToken ct)
    {
        var texts = ids.Select(id => id.ToString()!).ToList();
        var subjects = await work.Db.Set<AuditEntry>().AsNoTracking().Where(e => texts.Contains(e.Subject) && e.Action.EndsWith(".custom_fields")).Select(e => e.Subject).Distinct().ToListAsync(ct);
        return [.. subjects.Select(Ids.Parse<TId>).OfType<TId>()];
    }

    private IEnumerable<string> Texts(ImportRow row, FieldId field) => now.GetValueOrDefault((TId.From(row.Record!.Value), field), []).Select(t => t.Text);
}
