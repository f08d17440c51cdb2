using Trellis.Deals.Published;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests.RuleTables;

/// <summary>Tables and cases by chance: everything that can be written, within the checks.</summary>
internal static class RandomRules
{
    private static readonly string[] Words = ["plain", "with \"quotes\" and \\", "line\nbreak", "  blanks at both ends ", "ünïcode 漢字 😀", "tab\there", "# no comment", "a: b", "ends with \\", "<xml> & ]]>"];

    public static RuleSetText Set(Random chance, HitPolicy? policy = null)
    {
        FactKind[] columns = [.. Vocabulary.All.OrderBy(_ => chance.Next()).Take(chance.Next(1, 8))];
        RuleText[] rules = [.. Enumerable.Range(0, chance.Next(1, 9)).Select(i => Rule(chance, columns, $"rule-{i} {Words[chance.Next(Words.Length)]}".Trim()))];
        return DefaultRules.Text with
        {
            Name = Words[chance.Next(Words.Length)].Trim(),
            HitPolicy = policy ?? (HitPolicy)chance.Next(3),
            Columns = [.. columns.Select(c => c.Name)],
            DecideWithin = chance.Next(1, 30),
            ExtensionLimit = chance.Next(13),
            ExtensionDays = chance.Next(1, 365),
            Protection = Vocabulary.Tiers.ToDictionary(t => t, _ => chance.Next(1, 730)),
            Rules = rules,
            Tests = [.. Enumerable.Range(0, chance.Next(3)).Select(i => new RuleTestText
            {
                Name = $"test {i} {Words[chance.Next(Words.Length)]}".Trim(),
                Given = columns.Where(_ => chance.Next(2) == 0).ToDictionary(c => c.Name, c => Value(chance, c).ToString()),
                Expect = (Outcome)chance.Next(3),
                By = chance.Next(2) == 0 ? null : rules[chance.Next(rules.Length)].Id,
                Then = chance.Next(2) == 0 ? null : RuleTests.Following.Keys.Where(_ => chance.Next(2) == 0).Append("protection_days").Distinct().ToDictionary(k => k, k => k == "protection_days" ? $"{chance.Next(1, 400)}" : RuleTests.Nothing),
            })],
        };
    }

    public static FactSet Facts(Random chance) => new(Vocabulary.All.Where(_ => chance.Next(12) > 0).Select(f => new KeyValuePair<string, FactValue>(f.Name, chance.Next(9) == 0 ? FactValue.Unknown : Value(chance, f))));

    private static RuleText Rule(Random chance, FactKind[] columns, string id)
    {
        var outcome = (Outcome)chance.Next(3);
        var refused = outcome == Outcome.Refuse;
        return new RuleText
        {
            Id = id,
            When = columns.Where(_ => chance.Next(3) == 0).ToDictionary(c => c.Name, c => Cell(chance, c).ToString()),
            Outcome = outcome,
            ProtectionDays = outcome == Outcome.Approve && chance.Next(2) == 0 ? chance.Next(1, 730) : null,
            Reviewer = outcome == Outcome.Review ? TableChecks.Reviewers[chance.Next(TableChecks.Reviewers.Length)] : null,
            Reason = refused ? Enum.GetValues<ReasonCode>()[chance.Next(5)] : null,
            ExtensionLimit = refused || chance.Next(2) == 0 ? null : chance.Next(5),
            CreditBasisPoints = refused || chance.Next(2) == 0 ? null : chance.Next(10_001),
            Compensation = refused || chance.Next(2) == 0 ? null : "partner_commission",
            ForPartner = Words[chance.Next(Words.Length)],
            ForVendor = Words[chance.Next(Words.Length)],
        };
    }

    private static Cell Cell(Random chance, FactKind fact) =>
        new([.. Enumerable.Range(0, fact.Type == FactType.Boolean ? 1 : chance.Next(1, 4)).Select(_ => Test(chance, fact))], chance.Next(4) == 0);

    private static UnaryTest Test(Random chance, FactKind fact)
    {
        if (fact.Type != FactType.Number || chance.Next(4) == 0) return new Compared(Order.Equal, chance.Next(8) == 0 ? FactValue.Unknown : Value(chance, fact));
        if (chance.Next(2) == 0) return new Compared((Order)chance.Next(1, 5), Value(chance, fact));
        var low = chance.Next(-3, 6);
        return new Between(FactValue.Of((decimal)low), chance.Next(2) == 0, FactValue.Of((decimal)low + chance.Next(1, 4)), chance.Next(2) == 0);
    }

    private static FactValue Value(Random chance, FactKind fact) => fact switch
    {
        { Type: FactType.Number } => FactValue.Of((decimal)chance.Next(-6, 14) / 2),
        { Type: FactType.Boolean } => FactValue.Of(chance.Next(2) == 0),
        { Allowed: { } allowed } => FactValue.Of(allowed[chance.Next(allowed.Length)]),
        _ => FactValue.Of(Words[chance.Next(4)]),
    };
}
