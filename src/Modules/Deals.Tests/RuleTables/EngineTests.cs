using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests.RuleTables;

public sealed class EngineTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void The_compiled_table_says_what_the_table_says()
    {
        var chance = new Random(11);
        var settled = new HashSet<(HitPolicy, int)>();
        for (var i = 0; i < 1500; i++)
        {
            var table = DecisionTable.Of(RandomRules.Set(chance) with { Tests = [] });
            var compiled = new CompiledTable(table);
            var slots = new Slot[compiled.Width];
            for (var j = 0; j < 8; j++)
            {
                var facts = RandomRules.Facts(chance);
                var ruling = Deciding.Decide(facts, table, Day, "USD");
                compiled.Read(System.Text.Encoding.UTF8.GetBytes(facts.ToJson()), slots, new int[compiled.Width]);
                slots.ShouldBe(compiled.Flat(facts));
                var verdict = compiled.Decide(slots);
                (verdict.Outcome, verdict.Rule >= 0 ? table.Text.Rules[verdict.Rule].Id : null, verdict.Reason, verdict.Reviewer, verdict.Days, verdict.ExtensionLimit, verdict.CreditBasisPoints, verdict.Compensation)
                    .ShouldBe((ruling.Outcome, ruling.RuleId, ruling.Reason, ruling.Reviewer, ruling.ProtectionDays, ruling.ExtensionLimit, ruling.CreditBasisPoints, ruling.Compensation));
                settled.Add((table.Text.HitPolicy, Math.Min(verdict.Rule, 0)));
            }
        }

        settled.ShouldContain((HitPolicy.Unique, Verdict.Overlap));
        settled.ShouldContain((HitPolicy.Collect, Verdict.Gap));
    }

    [Fact]
    public void Deciding_stored_cases_allocates_next_to_nothing_whatever_they_hold()
    {
        var chance = new Random(12);
        var table = DecisionTable.Of(DefaultRules.Text);
        string[] cases = [.. Enumerable.Range(0, 4000).Select(_ => RandomRules.Facts(chance).ToJson())];
        var simulation = new Simulation(table, "USD");
        long Compiled(int rounds)
        {
            var sum = 0L;
            for (var r = 0; r < rounds; r++)
                foreach (var facts in cases) sum += simulation.Decide(facts, out _).Rule;
            return sum;
        }

        var plain = cases.Sum(c => Place(table, Deciding.Decide(FactSet.FromJson(c), table, Day, "USD").RuleId));
        Compiled(3).ShouldBe(plain * 3);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        Compiled(25);
        // Values that carry quotes are read the slow way; these cases have a few of that kind.
        ((GC.GetAllocatedBytesForCurrentThread() - bytes) / (25.0 * cases.Length)).ShouldBeLessThan(60);
    }

    [Fact]
    public void Plain_cases_allocate_nothing_at_all()
    {
        var simulation = new Simulation(DecisionTable.Of(DefaultRules.Text), "USD");
        var facts = RulesTests.Plain().ToJson();
        simulation.Decide(facts, out _);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) simulation.Decide(facts, out _);
        (GC.GetAllocatedBytesForCurrentThread() - bytes).ShouldBe(0);
    }

    [Fact]
    public void A_table_whose_rules_overlap_is_refused_under_unique_with_a_case_that_shows_it()
    {
        var chance = new Random(13);
        var (refused, accepted) = (0, 0);
        for (var i = 0; i < 600; i++)
        {
            var set = RandomRules.Set(chance, HitPolicy.Unique) with { Tests = [] };
            var table = DecisionTable.Of(set);
            var pairs = (from a in Enumerable.Range(0, table.Rules.Count) from b in Enumerable.Range(0, a) select (a, b)).ToList();
            var witnesses = pairs.Select(p => (p.a, p.b, Facts: Overlaps.Witness(table.Rules[p.a], table.Rules[p.b]))).ToList();
            foreach (var (a, b, facts) in witnesses.Where(w => w.Facts is not null))
                Deciding.Decide(facts!, table, Day, "USD").Held!.ShouldSatisfyAllConditions(h => h.ShouldContain(set.Rules[a].Id), h => h.ShouldContain(set.Rules[b].Id));
            (DecisionTable.Build(set).Ok).ShouldBe(witnesses.All(w => w.Facts is null));
            if (DecisionTable.Build(set).Ok) accepted++;
            else refused++;
            // What is accepted never overlaps, whatever the case. A fact that is always known is known here too.
            if (DecisionTable.Build(set).Ok)
                for (var j = 0; j < 40; j++) Deciding.Decide(Known(RandomRules.Facts(chance)), table, Day, "USD").Held.ShouldBeNull();
        }

        refused.ShouldBeGreaterThan(50);
        accepted.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Under_unique_a_case_that_two_rules_fit_is_held_for_a_person()
    {
        var set = DefaultRules.Text with { HitPolicy = HitPolicy.Unique, Tests = [] };
        DecisionTable.Build(set).Problem!.Message.ShouldNotBeEmpty();
        var ruling = Deciding.Decide(RulesTests.Plain(("named_account", "true")), DecisionTable.Of(set), Day, "USD");
        ruling.Outcome.ShouldBe(Outcome.Review);
        ruling.RuleId.ShouldBeNull();
        ruling.Held.ShouldBe("named-account, approve");
        ruling.ForVendor.ShouldContain("named-account, approve");
        ruling.ForPartner.ShouldNotContain("named-account");
    }

    [Fact]
    public void Collect_takes_the_strictest_outcome_all_reviewers_and_the_lowest_terms()
    {
        RuleText Rule(string id, Outcome outcome, int? days = null, string? reviewer = null, int? credit = null, int? limit = null, string? pays = null) => DefaultRules.Text.Rules[^1] with
        {
            Id = id,
            Outcome = outcome,
            ProtectionDays = days,
            Reviewer = reviewer,
            CreditBasisPoints = credit,
            ExtensionLimit = limit,
            Compensation = pays,
            ForPartner = $"{id} {{protection_days}}",
            ForVendor = id,
        };
        Ruling Decide(params RuleText[] rules) => Deciding.Decide(RulesTests.Plain(), DecisionTable.Of(DefaultRules.Text with { HitPolicy = HitPolicy.Collect, Rules = rules, Tests = [] }), Day, "USD");

        var approved = Decide(Rule("a", Outcome.Approve, days: 90, credit: 5000, limit: 2), Rule("b", Outcome.Approve, days: 30, credit: 8000, limit: 1, pays: "split"), Rule("c", Outcome.Approve));
        (approved.Outcome, approved.RuleId, approved.ProtectionDays, approved.CreditBasisPoints, approved.ExtensionLimit, approved.Compensation, approved.Held).ShouldBe((Outcome.Approve, "a", 30, 5000, 1, "split", "a, b, c"));
        approved.ForPartner.ShouldBe("a 30 b 30 c 30", "every sentence tells the days that count");
        approved.ProtectedUntil.ShouldBe(Day.AddDays(30));

        var held = Decide(Rule("a", Outcome.Approve, days: 90), Rule("b", Outcome.Review, reviewer: "executive", limit: 3), Rule("c", Outcome.Review, reviewer: "partner_manager"));
        (held.Outcome, held.RuleId, held.Reviewer, held.Reviewers, held.ProtectionDays, held.ExtensionLimit).ShouldBe((Outcome.Review, "b", "executive", "executive, partner_manager", null, 3));

        var refused = Decide(Rule("a", Outcome.Approve, credit: 100), Rule("b", Outcome.Refuse) with { Reason = Published.ReasonCode.NotAFit }, Rule("c", Outcome.Review, reviewer: "executive"));
        (refused.Outcome, refused.RuleId, refused.Reviewer, refused.CreditBasisPoints).ShouldBe((Outcome.Refuse, "b", null, null));
    }

    [Fact]
    public void A_rule_behind_one_that_covers_it_is_named()
    {
        var set = DefaultRules.Text with { Rules = [DefaultRules.Text.Rules[^1], .. DefaultRules.Text.Rules.SkipLast(1)], Tests = [] };
        Overlaps.Masked(DecisionTable.Of(set)).Count().ShouldBe(set.Rules.Count - 1);
        Overlaps.Masked(DecisionTable.Of(DefaultRules.Text)).ShouldBeEmpty();
    }

    [Fact]
    public void A_failing_test_of_the_table_is_found()
    {
        RuleTests.Failing(DecisionTable.Of(DefaultRules.Text)).ShouldBeNull();
        var wrong = DefaultRules.Text with { Tests = [.. DefaultRules.Text.Tests, new RuleTestText { Name = "Named accounts are approved", Given = new Dictionary<string, string> { ["named_account"] = "true" }, Expect = Outcome.Approve }] };
        RuleTests.Failing(DecisionTable.Of(wrong))!.Errors.Keys.ShouldBe([$"tests[{DefaultRules.Text.Tests.Count}]"]);
    }

    private static FactSet Known(FactSet facts) => new(Vocabulary.All.Select(f => new KeyValuePair<string, FactValue>(f.Name, facts[f] is { IsUnknown: false } value || (f.Type != FactType.Boolean && f.Allowed is null)
        ? facts[f] : f.Type == FactType.Boolean ? FactValue.Of(false) : FactValue.Of(f.Allowed![0]))));

    private static long Place(DecisionTable table, string? rule) => rule is null ? Verdict.Gap : table.Text.Rules.Select(r => r.Id).ToList().IndexOf(rule);
}
