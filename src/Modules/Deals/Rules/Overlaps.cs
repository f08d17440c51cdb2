using Trellis.Kernel;

namespace Trellis.Deals.Rules;

/// <summary>
/// Proves that two rules can hold for the same case, by finding one. Conditions stand on one fact each, so a case exists exactly if each fact has a
/// value for which both cells hold; a cell changes its mind only at its literals, so the literals, what lies just between and beside them, and one
/// other text are all the values that need trying.
/// </summary>
internal static class Overlaps
{
    private const int MostShown = 5;

    /// <summary>Adds a message for each pair of rules of a table in which at most one may hold.</summary>
    public static void Check(DecisionTable table, Check check)
    {
        if (table.Text.HitPolicy != HitPolicy.Unique) return;
        var shown = 0;
        for (var second = 1; second < table.Rules.Count; second++)
            for (var first = 0; first < second && shown < MostShown; first++)
            {
                if (Witness(table.Rules[first], table.Rules[second]) is not { } witness) continue;
                var words = witness.All.Count == 0 ? "any case" : string.Join(", ", witness.All.Select(f => $"{f.Key} {f.Value}"));
                check.That(false, $"rules[{second}].id", $"“{table.Rules[first].Text.Id}” and “{table.Rules[second].Text.Id}” both hold for {words}. Under “unique” only one may.");
                shown++;
            }
    }

    /// <summary>Rules that can never decide, because a rule before them holds whenever they do.</summary>
    public static IEnumerable<(int Rule, int Before)> Masked(DecisionTable table)
    {
        if (table.Text.HitPolicy != HitPolicy.First) yield break;
        for (var rule = 1; rule < table.Rules.Count; rule++)
            for (var before = 0; before < rule; before++)
            {
                if (!Covers(table.Rules[before], table.Rules[rule])) continue;
                yield return (rule, before);
                break;
            }
    }

    /// <summary>Facts for which both rules hold, or null where there are none.</summary>
    public static FactSet? Witness(Rule a, Rule b)
    {
        Dictionary<string, FactValue> facts = [];
        foreach (var fact in a.Conditions.Concat(b.Conditions).Select(c => c.Fact).DistinctBy(f => f.Name))
        {
            List<Cell> cells = [.. a.Conditions.Concat(b.Conditions).Where(c => c.Fact.Name == fact.Name).Select(c => c.Cell)];
            var found = Candidates(fact, cells).Where(v => cells.All(c => c.Holds(v))).Cast<FactValue?>().FirstOrDefault();
            if (found is not { } value) return null;
            facts[fact.Name] = value;
        }

        return new FactSet(facts);
    }

    // Each condition of the earlier rule holds for every value for which the later one's does.
    private static bool Covers(Rule before, Rule rule) => before.Conditions.All(c =>
    {
        List<Cell> own = [.. rule.Conditions.Where(o => o.Fact.Name == c.Fact.Name).Select(o => o.Cell)];
        return Candidates(c.Fact, [.. own, c.Cell]).All(v => !own.All(o => o.Holds(v)) || c.Cell.Holds(v));
    });

    /// <summary>Values on which the cells may differ. What is always known is not tried as unknown.</summary>
    public static IEnumerable<FactValue> Candidates(FactKind fact, IReadOnlyList<Cell> cells)
    {
        List<FactValue> literals = [.. cells.SelectMany(c => c.AnyOf).SelectMany(t => t.Literals).Where(l => !l.IsUnknown).Distinct()];
        IEnumerable<FactValue> values = fact.Type switch
        {
            FactType.Boolean => [FactValue.Of(true), FactValue.Of(false)],
            FactType.Number => Around([.. literals.Select(l => l.Number).OfType<decimal>().Order()]).Select(n => FactValue.Of((decimal?)n)),
            FactType.Date => literals.Select(l => l.Day).OfType<DateOnly>().SelectMany(Beside).Distinct().Order().Select(d => FactValue.Of((DateOnly?)d)).DefaultIfEmpty(FactValue.Of((DateOnly?)DateOnly.MinValue)),
            _ when fact.Allowed is { } allowed => allowed.Select(FactValue.Of),
            _ => literals.Append(FactValue.Of("another " + string.Concat(literals.Select(l => l.Text)))),
        };
        return fact.Type == FactType.Boolean || fact.Allowed is not null ? values : values.Append(FactValue.Unknown);
    }

    private static IEnumerable<decimal> Around(List<decimal> sorted)
    {
        if (sorted.Count == 0) return [0];
        return [.. sorted, .. sorted.Zip(sorted.Skip(1), (a, b) => a + ((b - a) / 2)), sorted[0] - 1, sorted[^1] + 1];
    }

    private static DateOnly[] Beside(DateOnly day) => [day, day == DateOnly.MinValue ? day : day.AddDays(-1), day == DateOnly.MaxValue ? day : day.AddDays(1)];
}
