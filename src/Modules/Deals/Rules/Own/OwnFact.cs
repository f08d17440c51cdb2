using System.Text.Json.Serialization;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>
/// A fact that the company has made itself: a custom field of the partner, of the customer's account or of the registration, or a segment that the partner may belong to. A table carries those that it
/// asks over, so that a version decides the same whatever becomes of the field.
/// </summary>
internal sealed record OwnFact
{
    public const string OfPartner = "partner_field_";
    public const string OfAccount = "account_field_";
    public const string OfDeal = "deal_field_";
    public const string OfSegment = "partner_segment_";

    // What begins its name, for each type of record whose custom fields are facts; what it is called in a sentence; and what begins the head of its column.
    private static readonly (string Record, string Prefix, Func<string, string> Said, Func<string, string> Head)[] Records =
    [
        ("partners", OfPartner, label => $"the partner's “{label}”", label => T($"Partner: {label}")),
        ("accounts", OfAccount, label => $"the customer's “{label}”", label => T($"Customer: {label}")),
        ("deals", OfDeal, label => $"the registration's “{label}”", label => T($"Registration: {label}")),
    ];

    public required string Name { get; init; }
    public required FactType Type { get; init; }

    /// <summary>What the field or the segment is called.</summary>
    public required string Label { get; init; }

    /// <summary>The field or the segment itself, whatever it is called.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the partner knows it.</summary>
    public bool Known { get; init; }

    /// <summary>All values of a field of choices.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>It was put away since the table was written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Gone { get; init; }

    [JsonIgnore]
    public bool IsSegment => Name.StartsWith(OfSegment, StringComparison.Ordinal);

    [JsonIgnore]
    public FactKind Kind => IsSegment
        ? new FactKind(Name, FactType.Boolean, $"the partner belongs to the segment “{Label}”", Known, Yes: $"the partner belongs to the segment “{Label}”", No: $"the partner does not belong to the segment “{Label}”") { Head = T($"Segment: {Label}") }
        : new FactKind(Name, Type, Whose.Said(Label), Known, Allowed: Choices is null ? null : [.. Choices]) { Head = Whose.Head(Label) };

    /// <summary>The type of record that has the field.</summary>
    [JsonIgnore]
    public string Record => Whose.Record;

    private (string Record, string Prefix, Func<string, string> Said, Func<string, string> Head) Whose => Records.First(r => Name.StartsWith(r.Prefix, StringComparison.Ordinal));

    /// <summary>Whether a fact of this name could be somebody's own.</summary>
    public static bool IsName(string name) => Records.Select(r => r.Prefix).Append(OfSegment).Any(p => name.StartsWith(p, StringComparison.Ordinal) && name.Length > p.Length && name.Length <= 120 && name.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')));

    /// <summary>The fact of a custom field; null for one that no rule can ask over: of several choices at once, or an address.</summary>
    public static OwnFact? Of(CustomField field) => TypeOf(field.Kind) is not { } type ? null : new()
    {
        Name = Records.First(r => r.Record == field.Record).Prefix + field.Key,
        Type = type,
        Label = field.Label,
        Source = field.Id.ToString(),
        Known = field.Record != "accounts" && field.Sight != FieldSight.Staff,
        Choices = field.Kind == FieldKind.Choice ? field.Options : null,
    };

    /// <summary>A stored value of the field as a fact.</summary>
    public FactValue Value(string? stored) => stored is null ? FactValue.Unknown : Type switch
    {
        FactType.Number => FactValue.Of(decimal.TryParse(stored, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null),
        FactType.Date => FactValue.Of(DateOnly.TryParseExact(stored, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : (DateOnly?)null),
        FactType.Boolean => FactValue.Of(stored == "yes"),
        _ => FactValue.Of(stored),
    };

    private static FactType? TypeOf(FieldKind kind) => kind switch
    {
        FieldKind.Number => FactType.Number,
        FieldKind.Date => FactType.Date,
        FieldKind.YesNo => FactType.Boolean,
        FieldKind.Text or FieldKind.Choice => FactType.Text,
        _ => null,
    };
}
