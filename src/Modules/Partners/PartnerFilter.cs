using Microsoft.AspNetCore.Http;
using Trellis.Kernel;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Published;
using Trellis.Partners.Segmenting;

namespace Trellis.Partners;

/// <summary>What stands in the address of a list: a word that means nothing does not filter. Each has one value; a segment has as many as it needs.</summary>
internal sealed record PartnerQuery(
    string? Q = null, string? Type = null, string? Motion = null, string? MotionState = null, string? MotionTier = null, string? Tier = null, string? State = null, string? Region = null,
    string? Country = null, string? Manager = null, string? Competency = null, string? Vertical = null, string? Language = null, string? Technology = null, string? Territory = null,
    string? Tag = null, string? Capacity = null, string? Gap = null, string? Segment = null, string? Sort = null, string? Family = null)
{
    /// <summary>Reads the query of a page.</summary>
    public static PartnerQuery Of(IQueryCollection query)
    {
        string? At(string name) => Kernel.Text.OrNull(query[name].ToString()) is { } text && Kernel.Text.IsClean(text) ? text : null;
        return new(At("q"), At("type"), At("motion"), At("motionState"), At("motionTier"), At("tier"), At("state"), At("region"), At("country"), At("manager"), At("competency"), At("vertical"),
            At("language"), At("technology"), At("territory"), At("tag"), At("capacity"), At("gap"), At("segment"), At("sort"), At("family"));
    }

    /// <summary>The filter that is meant. The manager <c>none</c> asks for partners that nobody manages.</summary>
    public PartnerFilter Read() => new()
    {
        Search = Q,
        Type = Words.Parse<PartnerType>(Type),
        Family = Words.Parse<ValueFamily>(Family),
        Motion = Words.Parse<Motion>(Motion),
        MotionState = Words.Parse<MotionState>(MotionState),
        MotionTier = Words.Parse<Tier>(MotionTier),
        Tier = Words.Parse<Tier>(Tier),
        State = Words.Parse<PartnerState>(State),
        Region = Clean(Region),
        Country = Clean(Country),
        Manager = Ids.Parse<PersonId>(Manager),
        Unmanaged = Understood.OneOf(Manager, "none") is not null,
        Competency = Clean(Competency),
        Vertical = Clean(Vertical),
        Language = Clean(Language),
        Technology = Clean(Technology),
        Territory = Clean(Territory),
        Tag = Clean(Tag),
        HasCapacity = Capacity == "yes",
        Gap = Words.Parse<Gap>(Gap),
        Segment = Ids.Parse<SegmentId>(Segment),
        Sort = Sort,
    };

    private static string? Clean(string? text) => Kernel.Text.OrNull(text) is { Length: <= 200 } clean && Kernel.Text.IsClean(clean) ? clean : null;
}

/// <summary>What to look for. A type fits when any motion of the partner has it.</summary>
internal sealed record PartnerFilter
{
    public string? Search { get; init; }
    public PartnerType? Type { get; init; }

    /// <summary>Any type of the family; a type that is named besides decides.</summary>
    public ValueFamily? Family { get; init; }
    public Motion? Motion { get; init; }
    public MotionState? MotionState { get; init; }
    public Tier? MotionTier { get; init; }
    public Tier? Tier { get; init; }
    public PartnerState? State { get; init; }
    public string? Region { get; init; }
    public string? Country { get; init; }
    public PersonId? Manager { get; init; }

    /// <summary>Only partners that nobody manages.</summary>
    public bool Unmanaged { get; init; }

    public string? Competency { get; init; }
    public string? Vertical { get; init; }
    public string? Language { get; init; }
    public string? Technology { get; init; }
    public string? Territory { get; init; }
    public string? Tag { get; init; }
    public bool HasCapacity { get; init; }
    public Gap? Gap { get; init; }
    public SegmentId? Segment { get; init; }

    /// <summary><c>name</c>, <c>tier</c>, <c>since</c>, <c>state_since</c>; with a minus the other way round.</summary>
    public string? Sort { get; init; }

    /// <summary>What is asked of custom fields.</summary>
    public IReadOnlyList<FieldCondition> Fields { get; init; } = [];

    /// <summary>The custom field that the list is ordered by, before any other order.</summary>
    public FieldOrder? Order { get; init; }

    /// <summary>The same without search, segment and order: what a segment would keep.</summary>
    public Conditions Conditions() => new()
    {
        Types = Type is null && Family is { } family ? [.. Enum.GetValues<PartnerType>().Where(t => PartnerWords.Family(t) == family)] : One(Type),
        Motions = One(Motion),
        MotionStates = One(MotionState),
        MotionTiers = One(MotionTier),
        Tiers = One(Tier),
        States = One(State),
        Regions = One(Region),
        Countries = One(Country),
        Managers = One(Manager),
        Unmanaged = Unmanaged,
        Competencies = One(Competency),
        Verticals = One(Vertical),
        Languages = One(Language),
        Technologies = One(Technology),
        Territories = One(Territory),
        Tags = One(Tag),
        HasCapacity = HasCapacity,
        Gaps = One(Gap),
    };

    private static T[] One<T>(T? value) where T : struct => value is { } one ? [one] : [];

    private static string[] One(string? value) => value is null ? [] : [value];
}
