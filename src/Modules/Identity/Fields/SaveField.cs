using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Trellis.Kernel;

namespace Trellis.Identity.Fields;

/// <summary>A custom field as somebody describes it.</summary>
internal sealed record FieldInput
{
    /// <summary>The type of record: <c>partners</c>, <c>deals</c>.</summary>
    public string? Record { get; set; }

    /// <summary>What people read.</summary>
    public string? Label { get; set; }

    /// <summary>The name for programs; empty makes one of the label.</summary>
    public string? Key { get; set; }

    public FieldKind? Kind { get; set; }

    /// <summary>One choice a line.</summary>
    public string? Choices { get; set; }

    public string? Help { get; set; }
    public bool Required { get; set; }
    public FieldSight? Sight { get; set; }

    /// <summary>Whether lists show it as a column.</summary>
    public bool InList { get; set; }

    /// <summary>Smaller stands first.</summary>
    public int Position { get; set; }

    /// <summary>The version that the caller has seen.</summary>
    public long? Version { get; set; }

    public static FieldInput Of(CustomField field) => new()
    {
        Record = field.Record, Label = field.Label, Key = field.Key, Kind = field.Kind, Choices = field.Choices, Help = field.Help, Required = field.Required, Sight = field.Sight,
        InList = field.InList, Position = field.Position, Version = field.Version,
    };
}

/// <summary>Adds a custom field to a type of record, or changes one; key and kind stay, because values and programs rest on them.</summary>
internal sealed partial class SaveField(Work work, CustomFields fields) : UseCase<(FieldId? Field, FieldInput Input), FieldId>(work)
{
    public const int Most = 60;

    protected override Permission Permission => IdentityPermissions.ManageFields;

    protected override async Task<Result<FieldId>> HandleAsync((FieldId? Field, FieldInput Input) input, CancellationToken ct)
    {
        var (id, wish) = input;
        var known = id is null ? null : await Db.Set<CustomField>().SingleOrDefaultAsync(f => f.Id == id, ct);
        if (id is not null && known is null) return Problem.Missing("field");
        if (known is not null && wish.Version is { } seen && seen != known.Version) return Problem.Stale();
        var kind = known?.Kind ?? wish.Kind;
        var choices = (wish.Choices ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var key = known?.Key ?? KeyOf(wish);
        var check = new Check()
            .That(known is not null || fields.Types.Any(t => t.Code == wish.Record), "record", "Choose the type of record.")
            .Text(wish.Label, "label", "The label", 60)
            .That(kind is not null, "kind", "Choose what it holds.")
            .That(wish.Sight is not null, "sight", "Choose who sees it.")
            .Text(wish.Help, "help", "The help", 200, required: false)
            .That(kind is not (FieldKind.Choice or FieldKind.Multi) || choices.Length is >= 1 and <= 100, "choices", "Write one to a hundred choices, one a line.")
            .That(choices.All(c => c.Length <= 80 && Text.IsClean(c) && c.IndexOfAny([';', '|']) < 0), "choices", "A choice has at most 80 characters, and neither “;” nor “|”.")
            .That(choices.Select(c => Text.Fold(c)).Distinct().Count() == choices.Length, "choices", "Two choices are the same.")
            .That(KeyForm().IsMatch(key), "key", "A key has 2 to 40 small letters, digits and underscores, and begins with a letter.")
            .That(wish.Position is >= 0 and <= 10_000, "position", "The position is a number from 0 to 10,000.");
        if (check.Problem is { } problem) return problem;
        if (known is null)
        {
            await Work.LockAsync($"fields:{wish.Record}", ct);
            var others = await Db.Set<CustomField>().Where(f => f.Record == wish.Record).Select(f => f.Key).ToListAsync(ct);
            if (others.Contains(key)) return Problem.Invalid("key", $"There is a field with the key “{key}” already, perhaps one that was put away.");
            if (others.Count >= Most) return Problem.Invalid("label", $"A type of record has at most {Most} custom fields.");
            known = new CustomField { TenantId = Work.Tenant, Id = Work.NewId<FieldId>(), Record = wish.Record!, Key = key, Kind = kind!.Value, Label = "" };
            Db.Add(known);
        }

        (known.Label, known.Help, known.Sight) = (wish.Label!.Trim(), Text.OrNull(wish.Help), wish.Sight!.Value);
        known.Choices = kind is FieldKind.Choice or FieldKind.Multi ? string.Join('\n', choices) : null;
        (known.Required, known.InList, known.Position) = (wish.Required, wish.InList, wish.Position);
        return known.Id;
    }

    private static string KeyOf(FieldInput wish) => Text.OrNull(wish.Key) ?? NoLetter().Replace(Text.Fold(wish.Label), "_").Trim('_') switch
    {
        "" => "",
        var made => made[..Math.Min(40, made.Length)],
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{1,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoLetter();
}
