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
            foreach (var (name, written) in test.Given)
            {
                var fact = text.Fact(name);
                check.That(fact is not null, $"{place}.{name}", $"There is no fact “{name}”.");
                if (fact is null) continue;
                var value = Literal(written);
                check.That(value is not null, $"{place}.{name}", $"“{written}” is no single value: write 5000, \"text in quotes\", true, false, null or date(\"2026-01-31\").");
                check.That(value is null or { IsUnknown: true } || value.Value.Type == fact.Type, $"{place}.{name}", $"{written} is not {TableChecks.Noun(fact.Type)}.");
                check.That(value?.Text is not { } said || fact.Allowed is null || fact.Allowed.Contains(said), $"{place}.{name}", $"{written} never occurs; {fact.Label} is one of {string.Join(", ", fact.Allowed ?? [])}.");
            }
        }
    }

    /// <summary>Decides every test. The day and the currency do not matter to a table.</summary>
    public static IReadOnlyList<RuleTestResult> Run(DecisionTable table) => [.. table.Text.Tests.Select(test =>
    {
        var ruling = Deciding.Decide(Facts(test), table, new DateOnly(2026, 1, 5), "USD");
        return new RuleTestResult(test.Name, ruling.Outcome == test.Expect && (test.By is null || ruling.RuleId == test.By), Said(test.Expect, test.By), Said(ruling.Outcome, ruling.RuleId ?? "no rule"));
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

    private static string Said(Outcome outcome, string? rule) => Words.Label(outcome).ToLowerInvariant() + (rule is null ? "" : $" by {rule}");

    // A literal is what a cell without order, list or negation says.
    public static FactValue? Literal(string written) =>
        CellReader.Read(written).Cell is { Negated: false, AnyOf: [Compared { Order: Order.Equal, End: var value }] } ? value : null;
}
