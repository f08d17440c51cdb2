using Trellis.Deals.Published;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests;

public sealed class RulesTests
{
    private static readonly DecisionTable Table = DecisionTable.Of(DefaultRules.Text);
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void The_shipped_rules_pass_their_own_checks() => DecisionTable.Build(DefaultRules.Text).Ok.ShouldBeTrue();

    [Fact]
    public void A_plain_case_is_protected_for_the_days_of_the_tier()
    {
        var ruling = Decide(Plain());
        ruling.Outcome.ShouldBe(Outcome.Approve);
        ruling.ProtectionDays.ShouldBe(120);
        ruling.ProtectedUntil.ShouldBe(new DateOnly(2026, 6, 30));
        ruling.ForPartner.ShouldBe("Approved: the customer is protected for you for 120 days, until 30 June 2026.");
    }

    [Theory]
    [InlineData("own_earlier_registration", "true", "earlier-own", "Refuse")]
    [InlineData("rival_same_product", "true", "earlier-rival", "Refuse")]
    [InlineData("named_account", "true", "named-account", "Review")]
    [InlineData("evidence_missing", "true", "evidence", "Review")]
    [InlineData("motion_active", "false", "motion", "Review")]
    [InlineData("account", "\"possible\"", "account-unclear", "Review")]
    [InlineData("rival_pending", "true", "rival-pending", "Review")]
    [InlineData("rival_other_product", "true", "rival-other", "Review")]
    [InlineData("existing_customer", "true", "approve", "Approve")]
    [InlineData("amount", "500000.01", "large", "Review")]
    [InlineData("amount", "500000", "approve", "Approve")]
    [InlineData("days_to_close", "366", "far", "Review")]
    public void One_changed_fact_brings_its_rule(string fact, string value, string rule, string outcome)
    {
        var ruling = Decide(Plain((fact, value)));
        ruling.RuleId.ShouldBe(rule);
        ruling.Outcome.ToString().ShouldBe(outcome);
    }

    [Theory]
    [InlineData("evidence_missing", "true")]
    [InlineData("named_account", "true")]
    [InlineData("motion_active", "false")]
    [InlineData("account", "\"possible\"")]
    [InlineData("rival_pending", "true")]
    [InlineData("rival_other_product", "true")]
    [InlineData("rival_incumbent", "true")]
    [InlineData("days_to_close", "366")]
    public void No_lesser_reason_takes_a_large_deal_from_the_executive(string fact, string value) => Decide(Plain((fact, value), ("amount", "500000.01"))).Reviewer.ShouldBe("executive");

    [Theory]
    [InlineData("90", "1", "direct-fresh")]
    [InlineData("91", "30", "direct-moving")]
    [InlineData("91", "31", "approve")]
    [InlineData("null", "null", "direct-undated")]
    public void A_direct_opportunity_counts_by_its_age_and_its_last_move(string age, string moved, string rule) =>
        Decide(Plain(("direct_opportunity_open", "true"), ("direct_opportunity_age", age), ("days_since_stage_moved", moved))).RuleId.ShouldBe(rule);

    [Fact]
    public void The_first_rule_that_holds_decides() =>
        Decide(Plain(("rival_same_product", "true"), ("named_account", "true"), ("amount", "9000000"))).RuleId.ShouldBe("earlier-rival");

    [Fact]
    public void Where_no_rule_holds_a_person_decides()
    {
        var table = DecisionTable.Of(DefaultRules.Text with { Rules = [DefaultRules.Text.Rules[0]], Tests = [] });
        var ruling = Deciding.Decide(Plain(), table, Today, "USD");
        ruling.Outcome.ShouldBe(Outcome.Review);
        ruling.RuleId.ShouldBeNull();
        ruling.Reviewer.ShouldBe("channel_operations");
    }

    [Fact]
    public void Every_case_is_decided_the_same_after_a_round_through_JSON_and_protected_only_when_approved()
    {
        var chance = new Random(5);
        var stored = DecisionTable.Of(RuleSetText.FromJson(DefaultRules.Text.ToJson()));
        for (var i = 0; i < 3000; i++)
        {
            var facts = RandomFacts(chance);
            var ruling = Decide(facts);
            var again = FactSet.FromJson(facts.ToJson());
            again.ToJson().ShouldBe(facts.ToJson());
            Deciding.Decide(again, stored, Today, "USD").ShouldBe(ruling);
            (ruling.ProtectedUntil is not null).ShouldBe(ruling.Outcome == Outcome.Approve);
            (ruling.Reason is not null).ShouldBe(ruling.Outcome == Outcome.Refuse);
            (ruling.Reviewer is not null).ShouldBe(ruling.Outcome == Outcome.Review);
            ruling.ForPartner.ShouldNotContain("{");
        }
    }

    [Fact]
    public void No_protection_is_given_while_a_rival_holds_a_claim()
    {
        var chance = new Random(6);
        for (var i = 0; i < 3000; i++)
        {
            var facts = RandomFacts(chance);
            if (facts["rival_same_product"].IsTrue) Decide(facts).Outcome.ShouldBe(Outcome.Refuse);
        }
    }

    [Fact]
    public void The_sentence_for_the_partner_says_nothing_that_only_others_records_know()
    {
        var chance = new Random(7);
        var foreign = Vocabulary.All.Where(f => !f.Own).ToList();
        for (var i = 0; i < 3000; i++)
        {
            var facts = RandomFacts(chance);
            var ruling = Decide(facts);
            // Other values of the foreign facts that lead to the same rule give the same words.
            var other = new FactSet(facts.All.Select(p => foreign.Any(f => f.Name == p.Key && f.Type == FactType.Number) ? new(p.Key, FactValue.Of((p.Value.Number ?? 0) + 1)) : p));
            var twin = Decide(other);
            if (twin.RuleId == ruling.RuleId) twin.ForPartner.ShouldBe(ruling.ForPartner);
        }
    }

    [Fact]
    public void Publishing_refuses_what_could_not_decide()
    {
        var rule = DefaultRules.Text.Rules[^1];
        Errors(rule with { When = Cells(("amount", "> \"much\"")) }).ShouldContain("rules[0].amount");
        Errors(rule with { When = Cells(("amount", "true")) }).ShouldContain("rules[0].amount");
        Errors(rule with { When = Cells(("amount", ">> 5")) }).ShouldContain("rules[0].amount");
        Errors(rule with { When = Cells(("partner_tier", "\"goldd\"")) }).ShouldContain("rules[0].partner_tier");
        Errors(rule with { When = Cells(("partner_tier", "> \"gold\"")) }).ShouldContain("rules[0].partner_tier");
        Errors(rule with { When = Cells(("weather", "\"fine\"")) }).ShouldContain("rules[0].weather");
        Errors(rule with { Reviewer = "partner_manager" }).ShouldContain("rules[0].reviewer");
        Errors(rule with { Outcome = Outcome.Review }).ShouldContain("rules[0].reviewer");
        Errors(rule with { Outcome = Outcome.Refuse }).ShouldContain("rules[0].reason");
        Errors(rule with { ProtectionDays = 0 }).ShouldContain("rules[0].protectionDays");
        Errors(rule with { ForPartner = "The direct opportunity is {direct_opportunity_age} days old." }).ShouldContain("rules[0].forPartner");
        Errors(rule with { ForVendor = "{nonsense}" }).ShouldContain("rules[0].forVendor");
        DecisionTable.Build(DefaultRules.Text with { Rules = [rule, rule] }).Problem!.Errors.Keys.ShouldContain("rules");
        DecisionTable.Build(DefaultRules.Text with { Protection = new Dictionary<string, int> { ["gold"] = 90 } }).Problem!.Errors.Keys.ShouldContain("protection");
    }

    [Fact]
    public void The_plain_words_are_those_of_the_table()
    {
        Words("direct-moving").ShouldBe("If the direct team has an open opportunity with the customer for this product, and the direct opportunity's age is more than 90 days, and the time since its stage moved is at most 30 days");
        Words("large-for-tier").ShouldBe("If the partner's tier is registered, and the amount is more than 100,000");
        Words("existing-customer").ShouldBe("If the company is already a customer, and the partner's tier is not gold or platinum");
        Words("approve").ShouldBe("In all other cases");
        Phrases.Then(Table.Rules[^1].Text, Table.Text).ShouldBe("approved at once, protected for the days of your tier");
        static string Words(string id) => Phrases.When(Table.Rules.Single(r => r.Text.Id == id));
    }

    private static Ruling Decide(FactSet facts) => Deciding.Decide(facts, Table, Today, "USD");

    private static IEnumerable<string> Errors(RuleText rule) =>
        DecisionTable.Build(DefaultRules.Text with { Columns = [.. Vocabulary.All.Select(f => f.Name)], Rules = [rule] }).Problem.ShouldNotBeNull().Errors.Keys;

    private static Dictionary<string, string> Cells(params (string Fact, string Cell)[] cells) => cells.ToDictionary(c => c.Fact, c => c.Cell);

    internal static FactSet Plain(params (string Fact, string Value)[] changes)
    {
        var facts = new Dictionary<string, FactValue>
        {
            ["amount"] = FactValue.Of(25000m), ["product"] = FactValue.Of("Relay"), ["product_series"] = FactValue.Of("Data"), ["region"] = FactValue.Of("EMEA"),
            ["partner_tier"] = FactValue.Of("gold"), ["motion_active"] = FactValue.Of(true), ["days_to_close"] = FactValue.Of(60m), ["evidence_missing"] = FactValue.Of(false),
            ["own_earlier_registration"] = FactValue.Of(false), ["rival_same_product"] = FactValue.Of(false), ["rival_other_product"] = FactValue.Of(false),
            ["rival_pending"] = FactValue.Of(false), ["account"] = FactValue.Of("new"), ["named_account"] = FactValue.Of(false), ["owned_account"] = FactValue.Of(false),
            ["existing_customer"] = FactValue.Of(false), ["direct_opportunity_open"] = FactValue.Of(false),
        };
        foreach (var (fact, value) in changes) facts[fact] = CellReader.Read(value).Cell!.AnyOf[0].Literals.Single();
        return new FactSet(facts);
    }

    private static FactSet RandomFacts(Random chance) => new(Vocabulary.All.Where(_ => chance.Next(8) > 0).Select(f => new KeyValuePair<string, FactValue>(f.Name, f.Type switch
    {
        FactType.Boolean => FactValue.Of(chance.Next(4) == 0),
        FactType.Number => FactValue.Of((decimal)Math.Round(Math.Pow(10, chance.NextDouble() * 6), 2)),
        _ => FactValue.Of(f.Allowed is { } allowed ? allowed[chance.Next(allowed.Length)] : "Relay"),
    })));
}
