using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Fields;

/// <summary>A custom field as lists and the API show it.</summary>
internal sealed record FieldItem(FieldId Id, string Record, string Key, string Label, FieldKind Kind, IReadOnlyList<string> Choices, string? Help, bool Required, FieldSight Sight, bool InList, int Position, DateTime? ArchivedAt, long Version) : IHasVersion
{
    public static FieldItem Of(CustomField f) => new(f.Id, f.Record, f.Key, f.Label, f.Kind, f.Options, f.Help, f.Required, f.Sight, f.InList, f.Position, f.ArchivedAt, f.Version);

    public static string Words(FieldKind kind) => kind switch
    {
        FieldKind.Text => "Text",
        FieldKind.Number => "Number",
        FieldKind.Date => "Date",
        FieldKind.Choice => "One of several choices",
        FieldKind.Multi => "Any of several choices",
        FieldKind.YesNo => "Yes or no",
        _ => "Link to a page",
    };

    public static string Words(FieldSight sight) => sight switch
    {
        FieldSight.Staff => "Your own people",
        FieldSight.PartnerReads => "Partners read it",
        _ => "Partners read and write it",
    };
}

/// <summary>A value as the API shows it.</summary>
internal sealed record FieldReading(string Key, string Label, FieldKind Kind, IReadOnlyList<string> Values);

/// <summary>A record's custom fields as the API shows them.</summary>
internal sealed record RecordFields(string Record, string Id, string Name, IReadOnlyList<FieldReading> Fields)
{
    public static async Task<Result<RecordFields>> ReadAsync(CustomFields fields, string record, string id, CancellationToken ct)
    {
        if (fields.Type(record) is not { } type || await type.FindAsync(id, ct) is not { } subject) return Problem.Missing("record");
        var table = await fields.TableAsync(record, [subject.Id], ct);
        return new RecordFields(record, subject.Id, subject.Name, [.. table.Fields.Select(f => new FieldReading(f.Key, f.Label, f.Kind, table.Of(subject.Id, f)))]);
    }
}

internal static class FieldList
{
    /// <summary>All definitions, those that were put away last.</summary>
    public static async Task<IReadOnlyList<FieldItem>> AllAsync(Work work, string? record, CancellationToken ct)
    {
        var rows = work.Db.Set<CustomField>().AsNoTracking();
        if (Text.OrNull(record) is { } code) rows = rows.Where(f => f.Record == code);
        var found = await rows.OrderBy(f => f.Record).ThenBy(f => f.Position).ThenBy(f => f.Label).ToListAsync(ct);
        return [.. found.OrderBy(f => f.ArchivedAt is null ? 0 : 1).Select(FieldItem.Of)];
    }
}

/// <summary>Values of custom fields, findable, each with the record that has it.</summary>
internal sealed class FieldSearch(Work work, CustomFields fields) : ISearchSource
{
    public async Task<IReadOnlyList<Hit>> FindAsync(string folded, int limit, CancellationToken ct)
    {
        var hits = new List<Hit>();
        foreach (var type in fields.Types.Where(t => work.Actor.May(t.View)))
        {
            // Where nobody has defined a field of words, nothing is asked.
            var own = (await fields.OfAsync(type.Code, ct)).Where(f => f.Kind is FieldKind.Text or FieldKind.Link).ToDictionary(f => f.Id);
            if (own.Count == 0 || hits.Count >= limit) continue;
            hits.AddRange((await type.SearchAsync(folded, own.Keys, limit - hits.Count, ct)).Select(h => new Hit(type.Label, h.Subject.Name, $"{own[h.Field].Label}: {h.Text}", h.Subject.Href)));
        }

        return hits;
    }
}
