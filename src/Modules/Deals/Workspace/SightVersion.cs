using System.Globalization;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Workspace;

/// <summary>Names a version of the table of what each level shows.</summary>
internal readonly record struct SightVersionId(Guid Value) : ITypedId<SightVersionId>
{
    public static string Prefix => "sgt";
    public static SightVersionId From(Guid value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SightVersionId id) => Ids.TryParse(text, out id);
    public override string ToString() => Ids.Text(this);
}

/// <summary>The table of what each level shows, as somebody has set it; the newest one is in force, the others are its history. Without any, what the program delivers holds.</summary>
internal sealed class SightVersion : ITenantOwned
{
    public TenantId TenantId { get; init; }
    public SightVersionId Id { get; init; }

    /// <summary>From which level each part is read: <c>numbers=counts figures=summary</c>.</summary>
    public required string Levels { get; init; }

    /// <summary>The parts that roles within a partner do not read: <c>partner_finance=committee,files</c>.</summary>
    public string Limits { get; init; } = "";

    public DateTime SetAt { get; init; }
    public required string SetByName { get; init; }

    public SightTable Table => Read(Levels, Limits);

    public static SightTable Read(string levels, string limits) => new(
        Pairs(levels).Select(p => (Part: Words.Parse<DealPart>(p.Key), Level: Words.Parse<DealVisibility>(p.Value))).Where(p => p is { Part: not null, Level: not null }).ToDictionary(p => p.Part!.Value, p => p.Level!.Value),
        Pairs(limits).ToDictionary(p => p.Key, p => PartBits.Of(p.Value.Split(',').Select(Words.Parse<DealPart>).OfType<DealPart>())));

    public static string Print(IReadOnlyDictionary<DealPart, DealVisibility> from) => string.Join(' ', from.OrderBy(f => f.Key).Select(f => string.Create(CultureInfo.InvariantCulture, $"{Words.Of(f.Key)}={Words.Of(f.Value)}")));

    public static string Print(IReadOnlyDictionary<string, int> hidden) => string.Join(' ', hidden.Where(h => h.Value != 0).OrderBy(h => h.Key, StringComparer.Ordinal)
        .Select(h => $"{h.Key}={string.Join(',', Enum.GetValues<DealPart>().Where(p => (h.Value & PartBits.Of(p)) != 0).Select(Words.Of))}"));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).Select(p => KeyValuePair.Create(p[0], p[1]));
}
