using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trellis.Kernel;

/// <summary>The custom fields of some records, ready for a table, a file or a card.</summary>
/// <param name="Fields">Those that the actor may see, in their order.</param>
/// <param name="Values">Texts by record and field.</param>
public sealed record FieldTable(IReadOnlyList<CustomField> Fields, ILookup<(string Subject, FieldId Field), string> Values)
{
    /// <summary>Nothing.</summary>
    public static readonly FieldTable Empty = new([], Array.Empty<SubjectValue>().ToLookup(v => (v.Subject, v.Field), v => v.Text));

    /// <summary>The columns of lists.</summary>
    public IReadOnlyList<CustomField> Columns => [.. Fields.Where(f => f.InList)];

    /// <summary>The texts of a record's field.</summary>
    public IReadOnlyList<string> Of(string subject, CustomField field) => [.. Values[(subject, field.Id)]];

    /// <summary>All fields of a record by their keys, as they are written too.</summary>
    public IReadOnlyDictionary<string, string?> Told(string subject) => Fields.ToDictionary(f => f.Key, f => Cell(subject, f));

    /// <summary>One cell for a file.</summary>
    public string? Cell(string subject, CustomField field) => Text.OrNull(FieldRules.Join(Of(subject, field)));
}

/// <summary>What a list is asked for: values of custom fields by key, exactly or from and to.</summary>
/// <param name="Key">The field's key.</param>
/// <param name="Is">The value, or null.</param>
/// <param name="From">At least, or null.</param>
/// <param name="To">At most, or null.</param>
/// <param name="Begins">How a text or link begins, or null.</param>
public sealed record FieldWish(string Key, string? Is = null, string? From = null, string? To = null, string? Begins = null)
{
    /// <summary>What begins a parameter: <c>field.region=North</c>, <c>field.size.from=10</c>.</summary>
    public const string Prefix = "field.";

    /// <summary>Reads the parameters of an address.</summary>
    public static IReadOnlyList<FieldWish> Read(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> query)
    {
        var wishes = new Dictionary<string, FieldWish>(StringComparer.Ordinal);
        foreach (var (name, value) in query)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || Text.OrNull(value.ToString()) is not { Length: <= 500 } asked || !Text.IsClean(asked)) continue;
            var parts = name[Prefix.Length..].Split('.');
            var wish = wishes.GetValueOrDefault(parts[0]) ?? new FieldWish(parts[0]);
            wishes[parts[0]] = parts is [_, "from"] ? wish with { From = asked } : parts is [_, "to"] ? wish with { To = asked } : parts is [_, "begins"] ? wish with { Begins = asked } : wish with { Is = asked };
        }

        return [.. wishes.Values];
    }
}

/// <summary>A question to one field, in the form in which values are compared.</summary>
public sealed record FieldCondition(FieldId Field, string? Is, string? From, string? To);

/// <summary>Custom fields of the current tenant, as the actor may see them.</summary>
public sealed class CustomFields(Work work, IEnumerable<IRecordType> types)
{
    private List<CustomField>? _all;

    /// <summary>The types of record, by name.</summary>
    public IReadOnlyList<IRecordType> Types => [.. types];

    /// <summary>The type with this name, if the actor may see such records.</summary>
    public IRecordType? Type(string? code) => types.FirstOrDefault(t => t.Code == code && work.Actor.May(t.View));

    /// <summary>The fields of a type of record that are not put away and the actor may see.</summary>
    public async Task<IReadOnlyList<CustomField>> OfAsync(string record, CancellationToken ct)
    {
        _all ??= await work.Db.Set<CustomField>().AsNoTracking().Where(f => f.ArchivedAt == null).OrderBy(f => f.Position).ThenBy(f => f.Label).ToListAsync(ct);
        return [.. _all.Where(f => f.Record == record && (!work.Actor.IsPartner || f.Sight != FieldSight.Staff))];
    }

    /// <summary>The values of some records.</summary>
    public async Task<FieldTable> TableAsync(string record, IEnumerable<string> subjects, CancellationToken ct)
    {
        var fields = await OfAsync(record, ct);
        if (fields.Count == 0 || types.FirstOrDefault(t => t.Code == record) is not { } type) return FieldTable.Empty;
        var seen = fields.Select(f => f.Id).ToHashSet();
        var values = await type.ReadAsync([.. subjects], ct);
        return new FieldTable(fields, values.Where(v => seen.Contains(v.Field)).ToLookup(v => (v.Subject, v.Field), v => v.Text));
    }

    /// <summary>The items of a page with their custom fields, all looked up at once.</summary>
    public async Task<Page<T>> TellAsync<T>(string record, Page<T> page, Func<T, string> id, Func<T, IReadOnlyDictionary<string, string?>, T> with, CancellationToken ct)
    {
        var table = await TableAsync(record, page.Items.Select(id), ct);
        return page.Select(item => with(item, table.Told(id(item))));
    }

    /// <summary>The custom fields of one record.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> TellAsync(string record, string id, CancellationToken ct) => (await TableAsync(record, [id], ct)).Told(id);

    /// <summary>What is asked, ready for a query. A value that the field cannot hold fits no record; a field that is not there, or not for the actor, is not asked, and a program is told so.</summary>
    public async Task<IReadOnlyList<FieldCondition>> ConditionsAsync(string record, IReadOnlyList<FieldWish> wishes, CancellationToken ct)
    {
        if (wishes.Count == 0) return [];
        var fields = await OfAsync(record, ct);
        foreach (var wish in wishes.Where(w => fields.All(f => f.Key != w.Key))) Understood.Lost(FieldWish.Prefix + wish.Key);
        return [.. from wish in wishes join field in fields on wish.Key equals field.Key select wish.Begins is { } begins
            ? new FieldCondition(field.Id, null, FieldRules.BeginOf(field, begins) ?? None, (FieldRules.BeginOf(field, begins) ?? "") + None)
            : new FieldCondition(field.Id, Key(field, wish.Is, None), Key(field, wish.From, None), Key(field, wish.To, ""))];
    }

    /// <summary>The order that an address asks for, where it is one of a field that the actor may see.</summary>
    public async Task<FieldOrder?> OrderAsync(string record, string? sort, CancellationToken ct)
    {
        if (sort?.TrimStart('-').StartsWith(FieldWish.Prefix, StringComparison.Ordinal) is not true) return null;
        var key = sort.TrimStart('-')[FieldWish.Prefix.Length..];
        FieldOrder? order = (await OfAsync(record, ct)).FirstOrDefault(f => f.Key == key && FieldOrder.Is(f.Kind)) is { } field ? new FieldOrder(field.Id, sort[0] == '-') : null;
        Understood.OneOf(sort, order is null ? [] : [sort]);
        return order;
    }

    // Above and below everything: a question that no value can answer has no rows, and not all of them.
    private const string None = "\uFFFF";

    private static string? Key(CustomField field, string? asked, string otherwise) => asked is null ? null : FieldRules.KeyOf(field, asked) ?? otherwise;

    /// <summary>What a person fills in when a record is made: those that must be filled, in their order.</summary>
    public async Task<IReadOnlyList<CustomField>> RequiredAsync(string record, CancellationToken ct) => [.. (await WritableAsync(record, ct)).Where(f => f.Required)];

    /// <summary>What is typed while a record is made, as it is to be kept; a field that must be filled and is not is refused.</summary>
    public async Task<Result<IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>>>> FillAsync(string record, IReadOnlyDictionary<string, string?>? typed, CancellationToken ct) =>
        Read(await WritableAsync(record, ct), typed ?? new Dictionary<string, string?>(), complete: true);

    /// <summary>
    /// Keeps what is typed on a record's own form, inside the caller's transaction. What is not typed stays as it is; <paramref name="complete"/> refuses a field that must be filled and is
    /// not, now or before.
    /// </summary>
    /// <param name="subject">The record's identifier.</param>
    /// <param name="isNew">Whether the record is being made, so that nothing can be there before.</param>
    public async Task<Problem?> KeepAsync(string record, string subject, bool isNew, IReadOnlyDictionary<string, string?>? typed, bool complete, CancellationToken ct)
    {
        if (types.FirstOrDefault(t => t.Code == record) is not { } type) return null;
        var own = await WritableAsync(record, ct);
        if (own.Count == 0 && typed is null or { Count: 0 }) return null;
        var read = Read(own, typed ?? new Dictionary<string, string?>(), complete: false, draft: !complete);
        if (!read.Ok) return read.Problem;
        IReadOnlyList<SubjectValue> stored = isNew ? [] : await type.ReadAsync([subject], ct);
        var before = stored.ToLookup(v => v.Field, v => v.Text);
        var check = new Check();
        foreach (var field in own.Where(f => complete && f.Required && !read.Value.ContainsKey(f.Id) && !before.Contains(f.Id))) check.That(false, field.Key, $"{field.Label} is needed.");
        if (check.Problem is { } lacking) return lacking;
        if (isNew) type.Begin(subject, read.Value);
        else await ChangeAsync(type, subject, own, before, read.Value, ct);
        return null;
    }

    // Writes what differs, with an entry in the audit.
    internal async Task ChangeAsync(IRecordType type, string subject, IReadOnlyList<CustomField> own, ILookup<FieldId, string> before, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> values, CancellationToken ct)
    {
        var changed = values.Where(v => !before[v.Key].SequenceEqual(v.Value.Select(t => t.Text))).ToDictionary(v => v.Key, v => v.Value);
        if (changed.Count == 0) return;
        await type.WriteAsync(subject, changed, ct);
        work.Changed(subject);
        work.Note($"{type.Code}.custom_fields", type.Code, subject, own.Where(f => changed.ContainsKey(f.Id))
            .ToDictionary(f => f.Key, f => new[] { Told(type.Personal, before[f.Id]), Told(type.Personal, changed[f.Id].Select(t => t.Text)) }));
    }

    /// <summary>What the audit tells of a value.</summary>
    public static string? Told(bool personal, IEnumerable<string> texts) => Text.OrNull(FieldRules.Join(texts)) is { } text ? personal ? "•" : text : null;

    /// <summary>The fields of a type of record that the actor may write.</summary>
    public async Task<IReadOnlyList<CustomField>> WritableAsync(string record, CancellationToken ct) => [.. (await OfAsync(record, ct)).Where(f => !work.Actor.IsPartner || f.Sight == FieldSight.PartnerWrites)];

    /// <summary>What was typed, by key, as it is to be kept; messages stand at the keys. A draft may leave out what must be filled.</summary>
    public static Result<IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>>> Read(IReadOnlyList<CustomField> fields, IReadOnlyDictionary<string, string?> typed, bool complete, bool draft = false)
    {
        var (values, check) = (new Dictionary<FieldId, IReadOnlyList<FieldText>>(), new Check());
        foreach (var field in fields)
        {
            if (!typed.TryGetValue(field.Key, out var text))
            {
                check.That(!complete || !field.Required, field.Key, $"{field.Label} is needed.");
                continue;
            }

            var read = FieldRules.Read(field, text);
            if (read.Ok)
            {
                check.That(draft || !field.Required || read.Value.Count > 0, field.Key, $"{field.Label} is needed.");
                values[field.Id] = read.Value;
            }
            else
            {
                check.That(false, field.Key, read.Problem.Errors.Values.First()[0]);
            }
        }

        foreach (var key in typed.Keys.Where(k => fields.All(f => f.Key != k))) check.That(false, key, $"There is no field “{Text.Storable(key, 40)}” that you may write.");
        return check.Problem is { } problem ? problem : values;
    }
}

/// <summary>Replaces values of a record's custom fields.</summary>
/// <param name="Subject">The record.</param>
/// <param name="Values">What was typed, by key; a key that is left out stays as it is.</param>
/// <param name="Complete">Whether required fields must be there, as on a form; otherwise only those that are named are looked at.</param>
public sealed record FieldChanges(string Subject, IReadOnlyDictionary<string, string?> Values, bool Complete = false);

/// <summary>Writes custom fields of one type of record; its permission is that of the type.</summary>
public sealed class WriteFields(Work work, CustomFields fields, IRecordType type) : UseCase<FieldChanges, FieldSubject>(work)
{
    protected override Permission Permission => type.Edit;

    protected override async Task<Result<FieldSubject>> HandleAsync(FieldChanges input, CancellationToken ct)
    {
        if (await type.FindAsync(input.Subject, ct) is not { } subject) return Problem.Missing(type.Label.ToLowerInvariant());
        if (!subject.MayWrite) return Problem.Denied(type.Edit);
        var own = await fields.WritableAsync(type.Code, ct);
        var values = CustomFields.Read(own, input.Values, input.Complete);
        if (!values.Ok) return values.Problem;
        // Two who write at once follow each other: rows are removed and added.
        await Work.LockAsync($"fields:{subject.Id}", ct);
        var before = (await type.ReadAsync([subject.Id], ct)).ToLookup(v => v.Field, v => v.Text);
        // Whoever changes one field is asked for those that must be filled and are not.
        var lacking = new Check();
        foreach (var field in own.Where(f => f.Required && !values.Value.ContainsKey(f.Id) && !before.Contains(f.Id))) lacking.That(false, field.Key, $"{field.Label} is needed.");
        if (lacking.Problem is { } incomplete) return incomplete;
        await fields.ChangeAsync(type, subject.Id, own, before, values.Value, ct);
        return subject;
    }
}

/// <summary>Mapping and asking of custom fields.</summary>
public static class FieldMapping
{
    /// <summary>The rows whose custom fields meet every condition, found by the index of the values.</summary>
    public static IQueryable<T> Holding<T, TId>(this IQueryable<T> rows, Db db, Expression<Func<T, TId>> id, IReadOnlyList<FieldCondition> conditions) where TId : struct, ITypedId<TId>
    {
        foreach (var (field, exact, from, to) in conditions)
        {
            var values = db.Set<FieldValue<TId>>().Where(v => v.FieldId == field);
            if (exact is not null) values = values.Where(v => v.Key == exact);
            if (from is not null) values = values.Where(v => string.Compare(v.Key, from) >= 0);
            if (to is not null) values = values.Where(v => string.Compare(v.Key, to) <= 0);
            var holds = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(TId)], values.Select(v => v.Subject).Expression, id.Body);
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(holds, id.Parameters));
        }

        return rows;
    }

    /// <summary>The table of a module's values, for one type of record.</summary>
    public static EntityTypeBuilder<FieldValue<TId>> CustomFields<TId>(this ModelBuilder model, string table) where TId : struct, ITypedId<TId>
    {
        var value = model.Owned<FieldValue<TId>>(table, v => new { v.TenantId, v.Subject, v.FieldId, v.Part });
        value.Property(v => v.Text).HasMaxLength(FieldRules.LongestText);
        value.Property(v => v.Key).HasMaxLength(FieldValue<TId>.LongestKey);
        value.HasIndex(v => new { v.TenantId, v.FieldId, v.Key, v.Subject });
        return value;
    }

    internal static void Map(ModelBuilder model)
    {
        var field = model.Owned<CustomField>("kernel_field", f => new { f.TenantId, f.Id });
        field.HasIndex(f => new { f.TenantId, f.Record, f.Key }).IsUnique();
        field.Ignore(f => f.Options);
    }
}
