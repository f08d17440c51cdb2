namespace Trellis.Kernel;

/// <summary>Names a custom field.</summary>
public readonly record struct FieldId(Guid Value) : ITypedId<FieldId>
{
    public static string Prefix => "fld";
    public static FieldId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FieldId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>What a custom field holds.</summary>
public enum FieldKind
{
    Text,
    Number,
    Date,

    /// <summary>One of its choices.</summary>
    Choice,

    /// <summary>Any of its choices.</summary>
    Multi,
    YesNo,

    /// <summary>The address of a page.</summary>
    Link,
}

/// <summary>Who sees a custom field, and who writes it; the vendor's people always may by their permissions.</summary>
public enum FieldSight
{
    Staff,
    PartnerReads,
    PartnerWrites,
}

/// <summary>A field that a tenant has added to a type of record.</summary>
public sealed class CustomField : ITenantOwned, IVersioned
{
    public TenantId TenantId { get; init; }
    public FieldId Id { get; init; }

    /// <summary>The type of record: <c>partners</c>, <c>deals</c>.</summary>
    public required string Record { get; init; }

    /// <summary>Its name for programs, files and rules; never changes.</summary>
    public required string Key { get; init; }

    public FieldKind Kind { get; init; }
    public required string Label { get; set; }
    public string? Help { get; set; }

    /// <summary>One choice a line.</summary>
    public string? Choices { get; set; }

    /// <summary>Whether a form is refused without it.</summary>
    public bool Required { get; set; }

    public FieldSight Sight { get; set; }

    /// <summary>Whether lists show it as a column.</summary>
    public bool InList { get; set; }

    /// <summary>Smaller stands first.</summary>
    public int Position { get; set; }

    /// <summary>Since when it is put away: its values stay and nothing shows them.</summary>
    public DateTime? ArchivedAt { get; set; }

    public long Version { get; set; }

    /// <summary>The choices in their order.</summary>
    public IReadOnlyList<string> Options => (Choices ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>
/// A value of a custom field, one row for each; a field with several choices has several. The key orders and compares as the value does, whatever its kind, so
/// one index serves filters, ranges and order.
/// </summary>
/// <typeparam name="TId">The identifier of the record.</typeparam>
public sealed class FieldValue<TId> : ITenantOwned, IUnaudited where TId : struct, ITypedId<TId>
{
    public const int LongestKey = 100;

    public TenantId TenantId { get; init; }
    public TId Subject { get; init; }
    public FieldId FieldId { get; init; }

    /// <summary>0, or the number of the choice among those chosen.</summary>
    public int Part { get; init; }

    /// <summary>The value as it was written, in one form for each kind.</summary>
    public required string Text { get; init; }

    /// <summary>What it is ordered and found by.</summary>
    public required string Key { get; init; }

    /// <summary>Folded, for search.</summary>
    public required string SearchText { get; init; }
}

/// <summary>A value ready to be stored.</summary>
/// <param name="Text">As it is shown and given out.</param>
/// <param name="Key">As it is compared.</param>
public readonly record struct FieldText(string Text, string Key);
