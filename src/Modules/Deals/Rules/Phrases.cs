using System.Globalization;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

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

    /// <summary>When a rule applies, in the language of the moment: <c>If the amount is more than 250,000, and …</c></summary>
    public static string When(Rule rule) => When(rule, _ => true);

    /// <summary>The same for readers who may not know every fact: what they may not know is told as one condition more.</summary>
    public static string When(Rule rule, Func<FactKind, bool> told)
    {
        if (rule.Conditions.Count == 0) return T("In all other cases");
        string Said()
        {
            var hidden = rule.Conditions.Any(c => !told(c.Fact)) ? [T("the vendor's own records of the case say so")] : Array.Empty<string>();
            return T("If") + " " + string.Join(T(", and") + " ", rule.Conditions.Where(c => told(c.Fact)).Select(c => Condition(c.Fact, c.Cell)).Concat(hidden));
        }

        if (Languages.Current?.Catalogue is not { } catalogue) return Said();
        // A translator may have put the whole sentence better than its parts together.
        string english;
        using (Languages.Speaking("en")) english = Said();
        return catalogue.Find(english) ?? Said();
    }

    /// <summary>What follows from a rule, in the language of the moment.</summary>
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
        if (rule.ExtensionLimit is { } times)
            yield return times switch { 0 => T("it cannot be extended"), 1 => T("it can be extended once"), _ => T($"it can be extended {times} times") };
        if (rule.CreditBasisPoints is { } points) yield return T($"it gives {Shown(points / 100m)} % of the credit");
        if (rule.Compensation is { } compensation) yield return T($"it is paid by “{Known(Compensation(compensation))}”");
    }

    /// <summary>A name of a table, of a fact or of what follows, as a head in the language of the moment: <c>product_series</c> is “Product series”.</summary>
    public static string Head(string name, IReadOnlyList<OwnFact>? own = null) => name.Length == 0 ? name
        : own?.FirstOrDefault(f => f.Name == name)?.Kind.Head ?? T(char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '));

    /// <summary>What a case brings, in guillemets, where a sentence is read before there is one: <c>‹protected until›</c>.</summary>
    public static string Open(string name) => $"‹{(Languages.Current?.Catalogue is null ? name.Replace('_', ' ') : Head(name))}›";

    /// <summary>A way of paying as people read it.</summary>
    public static string Compensation(string code) => code == "referral_fee" ? "referral fee" : code.Replace('_', ' ');

    private static string Outcome(RuleText rule, RuleSetText set) => set.Kind == RuleKind.Passing ? Passed(rule, set) : rule.Outcome switch
    {
        Rules.Outcome.Approve when rule.ProtectionDays is { } days => T($"approved at once, protected for {T(days, "{0} day", "{0} days")}"),
        Rules.Outcome.Approve => T("approved at once, protected for the days of your tier"),
        Rules.Outcome.Review => T($"held for review: {Within(Roles.Label(rule.Reviewer!))} decides within {T(set.DecideWithin, "{0} business day", "{0} business days")}"),
        _ => T($"not accepted: {Within(ReasonCodes.Label(rule.Reason!.Value))}"),
    };

    private static string Passed(RuleText rule, RuleSetText set) => rule.Outcome switch
    {
        Rules.Outcome.Approve when IsToVendor(rule) => rule.ProtectionDays is { } noted ? T($"taken at once, and noted as the partner’s for {T(noted, "{0} day", "{0} days")}") : T("taken at once, and noted as the partner’s for the days of its tier"),
        Rules.Outcome.Refuse when IsToVendor(rule) => T($"not taken: {Within(ReasonCodes.Label(rule.Reason!.Value))}"),
        Rules.Outcome.Approve when rule.ProtectionDays is { } days => T($"passed on, to be answered within {Hours(rule, set)}; once accepted, protected for {T(days, "{0} day", "{0} days")}"),
        Rules.Outcome.Approve => T($"passed on, to be answered within {Hours(rule, set)}; once accepted, protected for the days of the partner’s tier"),
        Rules.Outcome.Review => T($"a person decides first: {Within(Roles.Label(rule.Reviewer!))}, within {T(set.DecideWithin, "{0} business day", "{0} business days")}"),
        _ => T($"not passed on: {Within(ReasonCodes.Label(rule.Reason!.Value))}"),
    };

    private static bool IsToVendor(RuleText rule) => rule.When.TryGetValue("direction", out var cell) && CellReader.Read(cell).Cell is { } read && !read.Holds(FactValue.Of("to_partner"));

    private static string Hours(RuleText rule, RuleSetText set) => T(rule.AnswerWithin ?? set.AnswerWithin ?? 0, "{0} hour of working days", "{0} hours of working days");

    /// <summary>What a condition asks, in the language of the moment.</summary>
    public static string Condition(FactKind fact, Cell cell)
    {
        if (cell.IsIrrelevant) return T("in any case");
        if (fact.Type == FactType.Boolean) return Flag(fact, cell);
        if (fact.Said is { } said && !cell.Negated && cell.AnyOf.All(t => t is Compared { Order: Order.Equal, End.Text: { } word } && said.ContainsKey(word)))
            return Or([.. cell.AnyOf.Select(t => T(said[((Compared)t).End.Text!]))]);
        return $"{Retell(fact.Label)} {(cell.Negated ? T("is not") : T("is"))} {Or([.. cell.AnyOf.Select(t => Test(t, fact.Unit))])}";
    }

    /// <summary>A value as somebody reads it in the language of the moment.</summary>
    public static string Shown(FactValue value) => value switch
    {
        { IsUnknown: true } => T("unknown"),
        { Number: { } number } => Shown(number),
        { Day: { } day } => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture),
        { Text: { } text } => Named(text),
        { IsTrue: true } => T("yes"),
        _ => T("no"),
    };

    // A choice of the rules, such as value_added_reseller, has a label; a name that somebody typed has none.
    private static string Named(string text) =>
        Languages.Current?.Catalogue is { } catalogue && text.Length > 0 && text.All(c => c is '_' or (>= 'a' and <= 'z')) ? catalogue.Find(char.ToUpperInvariant(text[0]) + text[1..].Replace('_', ' ')) ?? text : text;

    private static string Shown(decimal number) => number.ToString("#,0.##", CultureInfo.CurrentCulture);

    // In the middle of an English sentence a label is written small; other languages have rules of their own.
    private static string Within(string label) => Languages.Current?.Catalogue is null ? label.ToLowerInvariant() : T(label);

    private static string Flag(FactKind fact, Cell cell)
    {
        var (yes, no, unknown) = (cell.Holds(FactValue.Of(true)), cell.Holds(FactValue.Of(false)), cell.Holds(FactValue.Unknown));
        List<string> parts = [];
        if (yes) parts.Add(Yes(fact));
        if (no) parts.Add(No(fact));
        if (unknown) parts.Add(T($"it is not known whether {Yes(fact)}"));
        return parts.Count == 0 ? T("never") : Or(parts);
    }

    private static string Yes(FactKind fact) => Retell(fact.Yes) ?? $"{Retell(fact.Label)} {T("is yes")}";

    private static string No(FactKind fact) => Retell(fact.No) ?? $"{Retell(fact.Label)} {T("is no")}";

    private static string Test(UnaryTest test, string? unit) => test switch
    {
        Compared { End.IsUnknown: true } => T("unknown"),
        Compared { Order: var order, End: var end } => Comparison(order, With(Shown(end), unit)),
        Between b when b.WithLow && b.WithHigh => T($"from {Shown(b.Low)} to {With(Shown(b.High), unit)}"),
        Between b => $"{Comparison(b.WithLow ? Order.GreaterOrEqual : Order.Greater, Shown(b.Low))} {T("and")} {Comparison(b.WithHigh ? Order.LessOrEqual : Order.Less, With(Shown(b.High), unit))}",
        _ => test.ToString()!,
    };

    private static string Comparison(Order order, string value) => order switch
    {
        Order.Less => T($"less than {value}"),
        Order.LessOrEqual => T($"at most {value}"),
        Order.Greater => T($"more than {value}"),
        Order.GreaterOrEqual => T($"at least {value}"),
        _ => value,
    };

    private static string With(string value, string? unit) => unit is null ? value : $"{value} {T(unit)}";

    private static string Or(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(T(",") + " ", parts.Take(parts.Count - 1))} {T("or")} {parts[^1]}";
}
