using System.Diagnostics;
using System.Globalization;
using Trellis.Compute.Bench;
using Trellis.Deals.Rules;

namespace Trellis.Rules.Bench;

/// <summary>
/// Rules of engagement over past registrations, from the JSON of their facts as it is stored: the compiled table beside the plain one (facts as objects,
/// conditions as records), over the shipped table of 16 rules and one of 200. The goal is 100,000 decisions a second.
/// </summary>
internal static class SimulationBench
{
    private const double Goal = 100_000;

    public static IEnumerable<BenchLine> Run(double scale)
    {
        yield return Measure("16 rules, first", DefaultRules.Text, (int)(1_000_000 * scale));
        yield return Measure("200 rules, first", Many(HitPolicy.First), (int)(200_000 * scale));
        yield return Measure("200 rules, collect", Many(HitPolicy.Collect), (int)(200_000 * scale));
    }

    private static BenchLine Measure(string name, RuleSetText text, int decisions)
    {
        var table = DecisionTable.Of(text);
        var cases = Cases();
        var simulation = new Simulation(table, "USD");
        for (var i = 0; i < 200_000; i++) simulation.Decide(cases[i % cases.Length], out _);
        var watch = Stopwatch.StartNew();
        var (cpu, bytes, rules) = BenchTable.Measure(() =>
        {
            var sum = 0L;
            for (var i = 0; i < decisions; i++) sum += simulation.Decide(cases[i % cases.Length], out _).Rule;
            return sum;
        });
        var seconds = watch.Elapsed.TotalSeconds;
        // The plain way is slow: a tenth of the cases, scaled up.
        var part = decisions / 10;
        var (naive, _, _) = BenchTable.Measure(() =>
        {
            var sum = 0L;
            for (var i = 0; i < part; i++) sum += Deciding.Decide(FactSet.FromJson(cases[i % cases.Length]), table, new DateOnly(2026, 1, 5), "USD").ProtectionDays ?? 0;
            return sum;
        });
        return new BenchLine($"simulate {decisions:N0} decisions, {name}", cpu, naive * 10, bytes,
            string.Create(CultureInfo.InvariantCulture, $"{decisions / cpu:N0} decisions/s of CPU, {decisions / seconds:N0}/s by the clock; goal {Goal:N0}/s; seed 1, check {rules}"));
    }

    private static RuleSetText Many(HitPolicy policy) => DefaultRules.Text with
    {
        HitPolicy = policy,
        Tests = [],
        Rules =
        [
            .. Enumerable.Range(0, 199).Select(i => DefaultRules.Text.Rules[^1] with
            {
                Id = $"band-{i}",
                When = new Dictionary<string, string> { ["amount"] = $"[{i * 4000}..{(i + 1) * 4000})", ["partner_tier"] = "\"gold\", \"platinum\"", ["existing_customer"] = "false" },
            }),
            DefaultRules.Text.Rules[^1],
        ],
    };

    private static string[] Cases()
    {
        var chance = new Random(1);
        return [.. Enumerable.Range(0, 10_000).Select(_ => new FactSet(Vocabulary.All.Select(f => new KeyValuePair<string, FactValue>(f.Name, Value(chance, f)))).ToJson())];
    }

    private static FactValue Value(Random chance, FactKind fact) => fact switch
    {
        { Name: "amount" } => FactValue.Of((decimal)chance.Next(1000, 800_000)),
        { Name: "motion_active" } => FactValue.Of(true),
        { Type: FactType.Boolean } => FactValue.Of(chance.Next(25) == 0),
        { Type: FactType.Number } => chance.Next(3) == 0 ? FactValue.Unknown : FactValue.Of((decimal)chance.Next(0, 400)),
        { Allowed: { } allowed } => FactValue.Of(allowed[chance.Next(allowed.Length)]),
        _ => FactValue.Of($"Name {chance.Next(50)}"),
    };
}
