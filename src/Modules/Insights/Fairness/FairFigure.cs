using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights.Fairness;

/// <summary>A measure in words.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Definition">What is counted, among what.</param>
/// <param name="Good">Whether more is better; null where neither is.</param>
internal sealed record MeasureText(string Name, string Definition, bool? Good);

/// <summary>One figure of the report: of how many rows, how many count, and how long it took.</summary>
/// <param name="By"><c>all</c>, <c>size</c>, <c>tier</c> or <c>reason</c>.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Of">All rows of the group; null where a partner must not read them.</param>
/// <param name="Counted">Those that count.</param>
/// <param name="Share">Counted of all; null where there are too few to say.</param>
/// <param name="MedianMinutes">Half took at most so long.</param>
/// <param name="P90Minutes">Nine of ten took at most so long.</param>
internal sealed record FairFigure(FairMeasure Measure, string By, string Group, int? Of, int? Counted, double? Share, long? MedianMinutes, long? P90Minutes);

/// <summary>
/// Pure: figures from rows. Below <see cref="Fewest"/> rows, or of fewer than <see cref="FewestPartners"/> partners, there is no share and no median: too few to say, and a partner
/// would read what is another's.
/// </summary>
internal static class FairFigures
{
    public const int Fewest = 20;
    public const int FewestPartners = 5;

    public static readonly IReadOnlyDictionary<FairMeasure, MeasureText> Texts = new Dictionary<FairMeasure, MeasureText>
    {
        [FairMeasure.DecisionInTime] = new("Decided in time", "Registrations that the rules handed to a person: how many were decided by the promised time. The clock stands while the partner is asked and at weekends. One that waits beyond the promise counts as late.", true),
        [FairMeasure.RulesOverridden] = new("Rules overridden", "Registrations that the rules decided by themselves: how many a person later decided otherwise, by the reason given.", false),
        [FairMeasure.LostToDirect] = new("Lost to direct after a refusal", "Refused registrations whose customer is known: how many were followed within 180 days by an opportunity that our direct team won at the same customer. A refusal counts once its 180 days are over.", false),
        [FairMeasure.ProtectionHonoured] = new("Protection honoured", "Protections whose customer is known: how many were not taken back by us and saw neither another partner protected nor a direct win at the same customer for the same product until their promised end.", true),
        [FairMeasure.PaidInTime] = new("Paid in time", "Earnings whose promised day of payment has come: how many were paid by it. The promise counts from the end of the hold period.", true),
        [FairMeasure.TierByHand] = new("Tiers changed by a person", "Changes of a partner's tier with the reason given; a raise counts. Large shares of raises in one group deserve a question.", null),
        [FairMeasure.LargePartners] = new("Approvals of the largest tenth", "Approved registrations: how many belong to the tenth of partners that register most.", null),
        [FairMeasure.LeadsToLarge] = new("Leads to the largest tenth", "Leads that we have passed to partners: how many went to the tenth of partners that register most. A lead that is offered to the next partner counts once more.", null),
    };

    public static IReadOnlyList<FairFigure> Of(IReadOnlyCollection<FairRow> rows) =>
    [
        .. from measure in Enum.GetValues<FairMeasure>()
           let own = rows.Where(r => r.Measure == measure).ToList()
           from figure in Groups(measure, own)
           select figure,
    ];

    private static IEnumerable<FairFigure> Groups(FairMeasure measure, List<FairRow> rows)
    {
        yield return Figure(measure, "all", "All partners", rows);
        foreach (var size in Enum.GetValues<PartnerSize>()) yield return Figure(measure, "size", Label(size), [.. rows.Where(r => r.Size == size)]);
        foreach (var tier in Enum.GetValues<Tier>()) yield return Figure(measure, "tier", Words.Label(tier), [.. rows.Where(r => r.Tier == tier)]);
        foreach (var reason in Reasons(measure, rows).GroupBy(r => r).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            yield return new FairFigure(measure, "reason", reason.Key, rows.Count, reason.Count(), IsEnough(rows) ? (double)reason.Count() / rows.Count : null, null, null);
    }

    // Why rules were overridden, and why protections were taken back.
    private static IEnumerable<string> Reasons(FairMeasure measure, List<FairRow> rows) => measure switch
    {
        FairMeasure.RulesOverridden => rows.Where(r => r.Counted).Select(r => r.Note),
        FairMeasure.ProtectionHonoured => rows.Where(r => r.Note.StartsWith(FairRules.TakenBack, StringComparison.Ordinal)).Select(r => r.Note[FairRules.TakenBack.Length..]),
        _ => [],
    };

    /// <summary>
    /// The figures as a partner may read them: what is too few loses its counts as well. Where that is a single group of several, the smallest of the others goes with it: what is left of
    /// the whole would tell it.
    /// </summary>
    public static IReadOnlyList<FairFigure> ForPartners(IReadOnlyList<FairFigure> figures)
    {
        var hidden = figures.Where(f => f.Share is null && f.Of != 0).ToHashSet();
        foreach (var groups in figures.Where(f => f.By is "size" or "tier" && f.Of > 0).GroupBy(f => (f.Measure, f.By)))
            if (groups.Count(hidden.Contains) == 1 && groups.Where(f => !hidden.Contains(f)).MinBy(f => f.Of) is { } smallest) hidden.Add(smallest);
        return [.. figures.Select(f => hidden.Contains(f) ? f with { Of = null, Counted = null, Share = null, MedianMinutes = null, P90Minutes = null } : f)];
    }

    private static bool IsEnough(List<FairRow> rows) => rows.Count >= Fewest && rows.Select(r => r.PartnerId).Distinct().Take(FewestPartners).Count() == FewestPartners;

    public static string Label(PartnerSize size) => size switch
    {
        PartnerSize.Small => "Small: under 12 registrations a year",
        PartnerSize.Middle => "Middle: 12 to 59 a year",
        _ => "Large: 60 or more a year",
    };

    public static PartnerSize SizeOf(int registrationsAYear) => registrationsAYear switch { < 12 => PartnerSize.Small, < 60 => PartnerSize.Middle, _ => PartnerSize.Large };

    private static FairFigure Figure(FairMeasure measure, string by, string group, List<FairRow> rows)
    {
        var counted = rows.Count(r => r.Counted);
        if (!IsEnough(rows)) return new FairFigure(measure, by, group, rows.Count, counted, null, null, null);
        var times = rows.Select(r => r.Minutes).OfType<long>().Order().ToList();
        return new FairFigure(measure, by, group, rows.Count, counted, (double)counted / rows.Count, Percentile(times, 0.5), Percentile(times, 0.9));
    }

    private static long? Percentile(List<long> sorted, double part) => sorted.Count < Fewest ? null : NearestRank.Of(sorted, part);
}
