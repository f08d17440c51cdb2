namespace Trellis.Kernel;

/// <summary>Custom fields of the demo: a definition, and what some records say.</summary>
public static class DemoFields
{
    /// <summary>Adds a field; its values come from <paramref name="typed"/>, null where a record says nothing.</summary>
    public static async Task AddFieldAsync<TId>(this Demo demo, CustomField field, IEnumerable<(TId Id, string? Typed)> typed, CancellationToken ct) where TId : struct, ITypedId<TId>
    {
        await demo.InsertAsync([field], ct);
        await demo.InsertAsync(typed.Where(t => t.Typed is not null).SelectMany(t => FieldRules.Read(field, t.Typed).Value.Select((value, part) => RecordType<TId>.RowOf(demo.Tenant, t.Id, field.Id, part, value))), ct);
    }

    /// <summary>A definition.</summary>
    public static CustomField Field(this Demo demo, string record, string key, FieldKind kind, string label, FieldSight sight, int position, bool inList = false, string? help = null, params string[] choices) => new()
    {
        TenantId = demo.Tenant, Id = demo.NewId<FieldId>(demo.Now.AddDays(-200)), Record = record, Key = key, Kind = kind, Label = label, Sight = sight, Position = position, InList = inList, Help = help,
        Choices = choices.Length == 0 ? null : string.Join('\n', choices), Version = 1,
    };
}
