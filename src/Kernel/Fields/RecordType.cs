using Microsoft.EntityFrameworkCore;

namespace Trellis.Kernel;

/// <summary>A record with custom fields, as far as an actor may see it.</summary>
/// <param name="Id">Its identifier as text.</param>
/// <param name="Name">Its name.</param>
/// <param name="Href">Its page on the actor's face.</param>
/// <param name="MayWrite">Whether the actor may change its fields.</param>
public sealed record FieldSubject(string Id, string Name, string Href, bool MayWrite);

/// <summary>A type of record that can have custom fields; its module declares it.</summary>
public interface IRecordType
{
    /// <summary>The name for programs: <c>partners</c>.</summary>
    string Code { get; }

    /// <summary>What one is called: <c>Partner</c>.</summary>
    string Label { get; }

    /// <summary>What an actor needs to see such records.</summary>
    Permission View { get; }

    /// <summary>Whether the values speak of a person: the audit says that they changed and does not remember them, because a person may ask for them to be forgotten.</summary>
    bool Personal { get; }

    /// <summary>What an actor needs to change their fields.</summary>
    Permission Edit { get; }

    /// <summary>The record, if the actor may see it.</summary>
    Task<FieldSubject?> FindAsync(string id, CancellationToken ct);

    /// <summary>Those of these records that are of this type and that the actor may see, in any order.</summary>
    Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct);

    /// <summary>The values of some records, in any order.</summary>
    Task<IReadOnlyList<SubjectValue>> ReadAsync(IReadOnlyCollection<string> subjects, CancellationToken ct);

    /// <summary>Replaces the values of some fields of a record, inside the caller's transaction.</summary>
    Task WriteAsync(string subject, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> values, CancellationToken ct);

    /// <summary>Adds the values of a record that is being made, inside the caller's transaction.</summary>
    void Begin(string subject, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> values);

    /// <summary>Records with a value that holds every word, and may be seen by the actor.</summary>
    Task<IReadOnlyList<(FieldSubject Subject, FieldId Field, string Text)>> SearchAsync(string folded, IReadOnlyCollection<FieldId> fields, int limit, CancellationToken ct);

    /// <summary>How many records have a value of a field.</summary>
    Task<int> CountAsync(FieldId field, CancellationToken ct);
}

/// <summary>One value of one record.</summary>
public sealed record SubjectValue(string Subject, FieldId Field, int Part, string Text);

/// <summary>What all types of record share.</summary>
/// <typeparam name="TId">The identifier of the record.</typeparam>
public abstract class RecordType<TId>(Work work) : IRecordType where TId : struct, ITypedId<TId>
{
    public abstract string Code { get; }

    public abstract string Label { get; }

    public abstract Permission View { get; }

    public abstract Permission Edit { get; }

    public virtual bool Personal => false;

    protected Work Work => work;

    /// <summary>The records among these that the actor may see.</summary>
    protected abstract Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<TId> ids, CancellationToken ct);

    public async Task<FieldSubject?> FindAsync(string id, CancellationToken ct) => Ids.Parse<TId>(id) is { } known ? (await FindAsync([known], ct)).SingleOrDefault() : null;

    public async Task<IReadOnlyList<FieldSubject>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        ids.Select(Ids.Parse<TId>).OfType<TId>().Distinct().ToList() is { Count: > 0 } known ? await FindAsync(known, ct) : [];

    public async Task<IReadOnlyList<SubjectValue>> ReadAsync(IReadOnlyCollection<string> subjects, CancellationToken ct)
    {
        var ids = subjects.Select(Ids.Parse<TId>).OfType<TId>().ToList();
        if (ids.Count == 0) return [];
        var rows = await work.Db.Set<FieldValue<TId>>().AsNoTracking().Where(v => ids.Contains(v.Subject)).OrderBy(v => v.Part).ToListAsync(ct);
        return [.. rows.Select(v => new SubjectValue(Ids.Text(v.Subject), v.FieldId, v.Part, v.Text))];
    }

    public async Task WriteAsync(string subject, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> values, CancellationToken ct)
    {
        var (id, fields) = (Ids.Parse<TId>(subject)!.Value, values.Keys.ToList());
        work.Db.RemoveRange(await work.Db.Set<FieldValue<TId>>().Where(v => v.Subject.Equals(id) && fields.Contains(v.FieldId)).ToListAsync(ct));
        // The rows that go and those that come have the same keys.
        await work.SaveAsync(ct);
        foreach (var (field, texts) in values)
            work.Db.AddRange(texts.Select((t, part) => Row(id, field, part, t)));
    }

    public void Begin(string subject, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> values) => work.Db.AddRange(RowsOf(work.Tenant, Ids.Parse<TId>(subject)!.Value, values));

    public async Task<IReadOnlyList<(FieldSubject Subject, FieldId Field, string Text)>> SearchAsync(string folded, IReadOnlyCollection<FieldId> fields, int limit, CancellationToken ct)
    {
        var rows = await work.Db.Set<FieldValue<TId>>().AsNoTracking().Matching(work.Db, folded).Where(v => fields.Contains(v.FieldId)).Take(ISearchSource.Candidates).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var seen = (await FindAsync([.. rows.Select(r => r.Subject).Distinct()], ct)).ToDictionary(s => s.Id);
        return [.. rows.Best(folded, Candidates, r => r.Text).Where(r => seen.ContainsKey(Ids.Text(r.Subject))).Take(limit).Select(r => (seen[Ids.Text(r.Subject)], r.FieldId, r.Text))];
    }

    public Task<int> CountAsync(FieldId field, CancellationToken ct) => work.Db.Set<FieldValue<TId>>().Where(v => v.FieldId == field && v.Part == 0).CountAsync(ct);

    private const int Candidates = ISearchSource.Candidates;

    private FieldValue<TId> Row(TId id, FieldId field, int part, FieldText value) => RowOf(work.Tenant, id, field, part, value);

    /// <summary>All rows of a record that is being made.</summary>
    public static IEnumerable<FieldValue<TId>> RowsOf(TenantId tenant, TId id, IReadOnlyDictionary<FieldId, IReadOnlyList<FieldText>> values) => values.SelectMany(v => v.Value.Select((text, part) => RowOf(tenant, id, v.Key, part, text)));

    /// <summary>A row, for imports and the demo too.</summary>
    public static FieldValue<TId> RowOf(TenantId tenant, TId id, FieldId field, int part, FieldText value) =>
        new() { TenantId = tenant, Subject = id, FieldId = field, Part = part, Text = value.Text, Key = value.Key, SearchText = Text.Fold(value.Text) };
}
