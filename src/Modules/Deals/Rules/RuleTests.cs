using System.Globalization;
using Trellis.Deals.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>How one of a table's own tests came out.</summary>
/// <param name="Name">The case.</param>
/// <param name="Passed">Whether it was decided as written.</param>
/// <param name="Expected">What should have come out.</param>
/// <param name="Got">What came out.</param>
internal sealed record RuleTestResult(string Name, bool Passed, string Expected, string Got);

/// <summary>The tests that a table ships with: cases with the outcome that they must have.</summary>
internal static class RuleTests
{
    public const int MostTests = 200;

    /// <summary>How a test says that nothing of this kind follows.</summary>
    public const string Nothing = "none";

    /// <summary>What a test may expect besides the outcome, by the names of DMN's outputs.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Ruling, string?>> Following = new Dictionary<string, Func<Ruling, string?>>
    {
        ["protection_days"] = r => Number(r.ProtectionDays),
        ["extension_limit"] = r => Number(r.ExtensionLimit),
        ["credit_percent"] = r => Number(r.CreditBasisPoints / 100m),
        ["compensation"] = r => r.Compensation,
        ["reviewer"] = r => r.Reviewer,
        ["reason"] = r => r.Reason is { } reason ? Words.Of(reason) : null,
    };

    /// <summary>The tests can be read: their facts exist and have values of their types.</summary>
    public static void Check(RuleSetText text, Check check)
    {
        check.That(text.Tests.Count <= MostTests, "tests", $"A table has at most {MostTests} tests.");
        foreach (var name in text.Tests.GroupBy(t => t.Name).Where(g => g.Count() > 1)) check.That(false, "tests", $"Two tests are named “{name.Key}”.");
        for (var i = 0; i < text.Tests.Count; i++)
        {
            var (test, place) = (text.Tests[i], $"tests[{i}]");
            check.Text(test.Name, place + ".name", "The test's name", 120);
            check.That(test.By is null || text.Rules.Any(r => r.Id == test.By), place + ".by", $"There is no rule “{test.By}”.");
            Facts(text, test, place, check);
        }
    }

    /// <summary>The facts of a test exist and have values of their types, and what it expects besides can be read.</summary>
    public static void Facts(RuleSetText text, RuleTestText test, string place, Check check)
    {
        foreach (var (name, written) in test.Then ?? new Dictionary<string, string>()) check.That(Unreadable(name, written) is null, $"{place}.then", Unreadable(name, written) ?? "");
        foreach (var (name, written) in test.Given)
        {
            var fact = text.Fact(name);
            check.That(fact is not null, $"{place}.{name}", $"There is no fact “{name}”.");
            if (fact is null) continue;
            var value = Literal(written);
            check.That(value is not null, $"{place}.{name}", $"“{written}” is no single value: write 5000, \"text in quotes\", true, false, null or date(\"2026-01-31\").");
            check.That(value is null or { IsUnknown: true } || value.Value.Type == fact.Type, $"{place}.{name}", $"“{written}” does not fit: {TableChecks.Noun(fact.Type)} is expected.");
            check.That(value?.Text is not { } said || fact.Allowed is null || fact.Allowed.Contains(said), $"{place}.{name}", $"{written} never occurs; {fact.Label} is one of {string.Join(", ", fact.Allowed ?? [])}.");
        }
    }

    /// <summary>Decides every test. The day and the currency do not matter to a table.</summary>
    public static IReadOnlyList<RuleTestResult> Run(DecisionTable table) => [.. table.Text.Tests.Select(test =>
    {
        var ruling = Deciding.Decide(Facts(test), table, new DateOnly(2026, 1, 5), "USD");
        return new RuleTestResult(test.Name, ruling.Outcome == test.Expect && (test.By is null || ruling.RuleId == test.By) && (test.Then ?? Empty).All(t => Same(t.Value, Following[t.Key](ruling))),
            Said(test.Expect, test.By, test.Then, t => t.Value), Said(ruling.Outcome, ruling.RuleId ?? T("no rule"), test.Then, t => Following[t.Key](ruling) ?? Nothing));
    })];

    /// <summary>The refusal of a table that fails its own tests, or null.</summary>
    public static Problem? Failing(DecisionTable table)
    {
        var check = new Check();
        var results = Run(table);
        for (var i = 0; i < results.Count; i++)
            check.That(results[i].Passed, $"tests[{i}]", $"The test “{results[i].Name}” fails: it expects {results[i].Expected}, and the table says {results[i].Got}.");
        return check.Problem;
    }

    public static FactSet Facts(RuleTestText test) => new(test.Given.Select(g => new KeyValuePair<string, FactValue>(g.Key, Literal(g.Value) ?? FactValue.Unknown)));

    private static readonly Dictionary<string, string> Empty = [];

    private static string Said(Outcome outcome, string? rule, IReadOnlyDictionary<string, string>? then, Func<KeyValuePair<string, string>, string> value) =>
        Small(Words.Label(outcome)) + (rule is null ? "" : " " + T($"by {rule}")) + string.Concat((then ?? Empty).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $", {(Languages.Current?.Catalogue is null ? Shown(t.Key) : Phrases.Head(t.Key))} {value(t)}"));

    // In an English sentence a label is written small; other languages have rules of their own.
    private static string Small(string label) => Languages.Current?.Catalogue is null ? label.ToLowerInvariant() : T(label);

    /// <summary>The name as the text file and the editor write it.</summary>
    public static string Shown(string name) => name.Replace('_', ' ');

    private static string? Unreadable(string name, string written)
    {
        if (!Following.ContainsKey(name)) return $"A test does not know “{Shown(name)}”; there are {string.Join(", ", Following.Keys.Select(Shown))}.";
        if (written == Nothing) return null;
        return name switch
        {
            "protection_days" or "extension_limit" => int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"“{written}” is no whole number; write {Nothing} where there is none.",
            "credit_percent" => decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? null : $"“{written}” is no percentage of 0 to 100; write {Nothing} where there is none.",
            "reviewer" => TableChecks.Reviewers.Contains(written) ? null : $"“{written}” is none of {string.Join(", ", TableChecks.Reviewers)}.",
            "reason" => Words.Parse<ReasonCode>(written) is null ? $"“{written}” is none of {string.Join(", ", Enum.GetValues<ReasonCode>().Select(Words.Of))}." : null,
            _ => written.Length is > 0 and <= 60 ? null : "A compensation is named by at most 60 characters.",
        };
    }

    private static bool Same(string expected, string? got) => expected == (got ?? Nothing)
        || (got is not null && decimal.TryParse(expected, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(got, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var b) && a == b);

    private static string? Number(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);

    // A literal is what a cell without order, list or negation says.
    public static FactValue? Literal(string written) =>
        CellReader.Read(written).Cell is { Negated: false, AnyOf: [Compared { Order: Order.Equal, End: var value }] } ? value : null;
}
