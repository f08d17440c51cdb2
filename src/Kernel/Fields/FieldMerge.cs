namespace Trellis.Kernel;

/// <summary>Values of one custom field.</summary>
public sealed record FieldTexts(FieldId Field, FieldText[] Texts);

/// <summary>A value that was replaced, and by what: it comes back unless somebody has changed it since.</summary>
public sealed record FieldSwap(FieldId Field, FieldText[] Before, string[] Written);

/// <summary>What a merge did to custom fields, so that it can be taken back.</summary>
/// <param name="From">All that the record that goes says.</param>
/// <param name="Taken">What the one that stays took over.</param>
public sealed record MergedFields(FieldTexts[] From, FieldSwap[] Taken);

/// <summary>A custom field of two records that are to become one.</summary>
/// <param name="Code">Its name in a choice: <c>field.region</c>.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Into">What the record that stays says; null for nothing.</param>
/// <param name="From">What the one that goes says.</param>
public sealed record FieldContrast(string Code, string Label, string? Into, string? From);

/// <summary>Custom fields when two records become one: what only one of them says is kept, and of two answers the one that is chosen, as with every other field.</summary>
/// <typeparam name="TId">The identifier of the record.</typeparam>
public sealed class FieldMerge<TId> where TId : struct, ITypedId<TId>
{
    private readonly Work _work;
    private readonly string _type;
    private readonly IReadOnlyList<CustomField> _fields;
    private readonly TId _into;
    private readonly Dictionary<FieldId, IReadOnlyList<FieldText>> _here;
    private readonly Dictionary<FieldId, IReadOnlyList<FieldText>> _there;

    private FieldMerge(Work work, string type, IReadOnlyList<CustomField> fields, TId into, TId from, Dictionary<(TId Record, FieldId Field), IReadOnlyList<FieldText>> values)
    {
        (_work, _type, _fields, _into) = (work, type, fields, into);
        _here = values.Where(v => v.Key.Record.Equals(into)).ToDictionary(v => v.Key.Field, v => v.Value);
        _there = values.Where(v => v.Key.Record.Equals(from)).ToDictionary(v => v.Key.Field, v => v.Value);
    }

    /// <summary>Reads what both say.</summary>
    public static async Task<FieldMerge<TId>> OfAsync(Work work, CustomFields fields, string type, TId into, TId from, CancellationToken ct) =>
        new(work, type, await fields.OfAsync(type, ct), into, from, await FieldRows.ReadAsync<TId>(work.Db, [into, from], null, ct));

    /// <summary>The fields that one of them says something in.</summary>
    public IReadOnlyList<FieldContrast> Contrasts => [.. _fields.Select(f => new FieldContrast(FieldWish.Prefix + f.Key, f.Label, Said(_here, f.Id), Said(_there, f.Id))).Where(c => c.Into is not null || c.From is not null)];

    /// <summary>Has the record that stays take over what is chosen, by code, and whatever it lacks, fields that are put away included.</summary>
    public async Task<MergedFields> TakeAsync(IReadOnlySet<string> chosen, CancellationToken ct)
    {
        var codes = _fields.ToDictionary(f => f.Id, f => FieldWish.Prefix + f.Key);
        var taken = _there.Where(t => !_here.TryGetValue(t.Key, out var here) || (codes.TryGetValue(t.Key, out var code) && chosen.Contains(code) && !here.SequenceEqual(t.Value))).ToList();
        await FieldRows.WriteAsync(_work, taken.ToDictionary(t => (_into, t.Key), t => t.Value), ct);
        if (taken.Count > 0)
        {
            _work.Note($"{_type}.custom_fields", _type, _into.ToString()!, _fields.Where(f => taken.Any(t => t.Key == f.Id)).ToDictionary(f => f.Key, f => new[] { Said(_here, f.Id), Said(_there, f.Id) }));
        }

        return new MergedFields([.. _there.Select(t => new FieldTexts(t.Key, [.. t.Value]))], [.. taken.Select(t => new FieldSwap(t.Key, [.. _here.GetValueOrDefault(t.Key, [])], [.. t.Value.Select(v => v.Text)]))]);
    }

    /// <summary>Gives the record that stayed its own values back, where nobody has changed them since.</summary>
    public static async Task ReturnAsync(Work work, MergedFields merged, TId into, CancellationToken ct)
    {
        var now = await FieldRows.ReadAsync<TId>(work.Db, [into], [.. merged.Taken.Select(t => t.Field)], ct);
        await FieldRows.WriteAsync(work, merged.Taken.Where(t => now.GetValueOrDefault((into, t.Field), []).Select(v => v.Text).SequenceEqual(t.Written)).ToDictionary(t => (into, t.Field), t => (IReadOnlyList<FieldText>)t.Before), ct);
    }

    /// <summary>Gives a record that was gone its values again.</summary>
    public static Task MakeAsync(Work work, MergedFields merged, TId from, CancellationToken ct) => FieldRows.WriteAsync(work, merged.From.ToDictionary(f => (from, f.Field), f => (IReadOnlyList<FieldText>)f.Texts), ct);

    private static string? Said(Dictionary<FieldId, IReadOnlyList<FieldText>> values, FieldId field) => Text.OrNull(FieldRules.Join(values.GetValueOrDefault(field, []).Select(t => t.Text)));
}
