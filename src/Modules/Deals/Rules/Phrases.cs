using System.Globalization;
using Trellis.Deals.Published;
using Trellis.Identity.Published;

namespace Trellis.Deals.Rules;

/// <summary>Rules in plain words, made from the table so that they cannot say anything else.</summary>
internal static class Phrases
{
    public static string Number(decimal? number) => number?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "unknown";

    public static string Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) ?? "";

    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    public static string Value(FactValue value) => value switch
    {
        { IsUnknown: true } => "unknown",
        { Number: { } number } => Number(number),
        { Day: { } day } => Day(day),
        { Text: { } text } => text,
        { IsTrue: true } => "yes",
        _ => "no",
    };

    /// <summary>When a rule applies: <c>If the amount is more than 250,000 and …</c></summary>
    public static string When(Rule rule) => When(rule, _ => true);

    /// <summary>The same for readers who may not know every fact: what they may not know is told as one condition more.</summary>
    public static string When(Rule rule, Func<FactKind, bool> told)
    {
        if (rule.Conditions.Count == 0) return "In all other cases";
        var hidden = rule.Conditions.Any(c => !told(c.Fact)) ? new[] { "the vendor's own records of the case say so" } : [];
        return "If " + string.Join(", and ", rule.Conditions.Where(c => told(c.Fact)).Select(c => Condition(c.Fact, c.Cell)).Concat(hidden));
    }

    /// <summary>What follows from a rule.</summary>
    public static string Then(RuleText rule, RuleSetText set) => string.Join("; ", new[] { Outcome(rule, set) }.Concat(Besides(rule)));

    /// <summary>What a rule gives besides days, to be put behind them.</summary>
    public static string Terms(RuleText rule) => string.Concat(Besides(rule).Select(t => "; " + t));

    /// <summary>How the table is read.</summary>
    public static string Policy(HitPolicy policy) => policy switch
    {
        HitPolicy.First => "The first rule whose conditions all hold decides.",
        HitPolicy.Unique => "Exactly one rule may hold, and it decides. Where none or several hold, a person decides.",
        _ => "All rules that hold count together: the strictest outcome decides, with the lowest days, limits and credit.",
    };

    private static IEnumerable<string> Besides(RuleText rule)
    {
        if (rule.ExtensionLimit is { } times) yield return times == 0 ? "it cannot be extended" : $"it can be extended {(times == 1 ? "once" : Count(times, "time"))}";
        if (rule.CreditBasisPoints is { } points) yield return $"it gives {Number(points / 100m)} % of the credit";
        if (rule.Compensation is { } compensation) yield return $"it is paid by “{compensation.Replace('_', ' ')}”";
    }

    private static string Outcome(RuleText rule, RuleSetText set) => rule.Outcome switch
    {
        Rules.Outcome.Approve when rule.ProtectionDays is { } days => $"approved at once, protected for {Count(days, "day")}",
        Rules.Outcome.Approve => "approved at once, protected for the days of your tier",
        Rules.Outcome.Review => $"held for review: {Roles.Label(rule.Reviewer!).ToLowerInvariant()} decides within {Count(set.DecideWithin, "business day")}",
        _ => $"not accepted: {ReasonCodes.Label(rule.Reason!.Value).ToLowerInvariant()}",
    };

    public static string Condition(FactKind fact, Cell cell)
    {
        if (cell.IsIrrelevant) return "in any case";
        if (fact.Type == FactType.Boolean) return Flag(fact, cell);
        var tests = cell.AnyOf.Select(t => Test(t, fact.Unit)).ToList();
        return $"{fact.Label} is {(cell.Negated ? "not " : "")}{Or(tests)}";
    }

    private static string Flag(FactKind fact, Cell cell)
    {
        var (yes, no, unknown) = (cell.Holds(FactValue.Of(true)), cell.Holds(FactValue.Of(false)), cell.Holds(FactValue.Unknown));
        List<string> parts = [];
        if (yes) parts.Add(fact.Yes!);
        if (no) parts.Add(fact.No!);
        if (unknown) parts.Add("it is not known whether " + fact.Yes);
        return parts.Count == 0 ? "never" : Or(parts);
    }

    private static string Test(UnaryTest test, string? unit) => test switch
    {
        Compared { End.IsUnknown: true } => "unknown",
        Compared { Order: var order, End: var end } => Comparison(order) + With(Value(end), unit),
        Between b when b.WithLow && b.WithHigh => $"from {Value(b.Low)} to {With(Value(b.High), unit)}",
        Between b => $"{(b.WithLow ? "at least" : "more than")} {Value(b.Low)} and {(b.WithHigh ? "at most" : "less than")} {With(Value(b.High), unit)}",
        _ => test.ToString()!,
    };

    private static string Comparison(Order order) => order switch
    {
        Order.Less => "less than ",
        Order.LessOrEqual => "at most ",
        Order.Greater => "more than ",
        Order.GreaterOrEqual => "at least ",
        _ => "",
    };

    private static string With(string value, string? unit) => unit is null ? value : $"{value} {unit}";

    private static string Or(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : string.Join(", ", parts.Take(parts.Count - 1)) + " or " + parts[^1];
}
