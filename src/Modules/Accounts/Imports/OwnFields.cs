using System.Globalization;
using Trellis.Kernel;

namespace Trellis.Accounts.Imports;

/// <summary>The custom fields that a file fills: read with its rows, compared with what the records hold, and written beside them.</summary>
internal abstract class OwnFields
{
    /// <summary>What the cells of a row say, refusing the row where a field cannot hold it. It touches no database.</summary>
    public abstract void Read(RowReading row);

    /// <summary>Gets to know what these records hold now.</summary>
    public abstract Task LoadAsync(IReadOnlyCollection<Guid> records, CancellationToken ct);

    /// <summary>Tells what the row changes on the record.</summary>
    public abstract void Compare(RowReading row, Guid record, Changes changes);

    /// <summary>Has the values of a row that makes this record written with the batch.</summary>
    public abstract void Add(RowReading row, Guid record);

    /// <summary>Has the values of a row that changes this record written with the batch; what they replace comes back.</summary>
    public abstract FieldSwap[] Replace(RowReading row, Guid record);

    /// <summary>Writes what was taken, past the tracker.</summary>
    public abstract Task WriteAsync(CancellationToken ct);
}

/// <summary>The same for records with one kind of identifier.</summary>
internal sealed class OwnFields<TId>(Work work, string type, IReadOnlyList<CustomField> fields, ImportOptions options, bool personal = false) : OwnFields where TId : struct, ITypedId<TId>
{
    private static readonly IReadOnlyList<FieldText> None = [];
    private readonly List<FieldId> _ids = [.. fields.Select(f => f.Id)];
    private readonly HashSet<(TId Record, FieldId Field)> _replaced = [];
    private readonly Dictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> _new = [];
    private Dictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> _now = [];

    public override void Read(RowReading row)
    {
        List<(CustomField, IReadOnlyList<FieldText>)>? own = null;
        foreach (var field in fields)
        {
            // A blank cell says nothing, as everywhere in an import.
            if (row.Text(OwnColumns.CodeOf(field), FieldRules.LongestText) is not { } written) continue;
            if (Plain(field, written) is not { } plain)
            {
                row.Refuse(OwnColumns.CodeOf(field), written, field.Kind == FieldKind.Date ? $"“{Text.Storable(written, 40)}” is no date of the form {RowReading.Form(options.Dates)}." : $"“{Text.Storable(written, 40)}” is no number.");
                continue;
            }

            var read = FieldRules.Read(field, plain);
            if (read.Ok) (own ??= []).Add((field, read.Value));
            else row.Refuse(OwnColumns.CodeOf(field), written, read.Problem.Errors.Values.First()[0]);
        }

        if (own is not null) row.Own = own;
    }

    public override async Task LoadAsync(IReadOnlyCollection<Guid> records, CancellationToken ct) => _now = await FieldRows.ReadAsync<TId>(work.Db, [.. records.Select(TId.From)], _ids, ct);

    public override void Compare(RowReading row, Guid record, Changes changes)
    {
        foreach (var (field, texts) in Changed(row, record)) changes.Text(field.Label, Text.OrNull(Joined(Now(record, field))), Joined(texts));
    }

    public override void Add(RowReading row, Guid record)
    {
        foreach (var (field, texts) in row.Own) _new[(TId.From(record), field.Id)] = texts;
    }

    public override FieldSwap[] Replace(RowReading row, Guid record)
    {
        var (changed, id) = (Changed(row, record), TId.From(record));
        if (changed.Count == 0) return [];
        work.Note($"{type}.custom_fields", type, id.ToString()!, changed.ToDictionary(c => c.Field.Key, c => new[] { CustomFields.Told(personal, Now(record, c.Field).Select(t => t.Text)), CustomFields.Told(personal, c.Texts.Select(t => t.Text)) }));
        FieldSwap[] replaced = [.. changed.Select(c => new FieldSwap(c.Field.Id, [.. Now(record, c.Field)], [.. c.Texts.Select(t => t.Text)]))];
        foreach (var (field, texts) in changed)
        {
            _replaced.Add((id, field.Id));
            _new[(id, field.Id)] = _now[(id, field.Id)] = texts;
        }

        return replaced;
    }

    public override async Task WriteAsync(CancellationToken ct)
    {
        await FieldRows.WriteAsync(work, _new, _replaced, ct);
        _replaced.Clear();
        _new.Clear();
    }

    // Numbers and days as this file writes them, in the one form of the fields; null where they are none.
    private string? Plain(CustomField field, string written) => field.Kind switch
    {
        FieldKind.Number => CellValues.Number(written, options.DecimalComma)?.ToString(CultureInfo.InvariantCulture),
        FieldKind.Date => CellValues.Date(written, options.Dates)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => written,
    };

    private List<(CustomField Field, IReadOnlyList<FieldText> Texts)> Changed(RowReading row, Guid record) =>
        row.Own.Count == 0 ? [] : [.. row.Own.Where(o => !Now(record, o.Field).Select(t => t.Text).SequenceEqual(o.Texts.Select(t => t.Text)))];

    private IReadOnlyList<FieldText> Now(Guid record, CustomField field) => _now.GetValueOrDefault((TId.From(record), field.Id), None);

    private static string Joined(IEnumerable<FieldText> texts) => FieldRules.Join(texts.Select(t => t.Text));
}
