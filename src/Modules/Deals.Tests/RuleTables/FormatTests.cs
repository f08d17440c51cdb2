using System.Xml.Linq;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests.RuleTables;

public sealed class FormatTests
{
    [Fact]
    public void Rules_survive_the_text_file()
    {
        var chance = new Random(21);
        for (var i = 0; i < 200; i++)
        {
            var set = RandomRules.Set(chance);
            var text = RuleFile.Write(set);
            var read = RuleFileReader.Read(text);
            read.Problem.ShouldBeNull(text);
            RuleDiff.Between(set, read.Value).ShouldBeEmpty(text);
            RuleFile.Write(read.Value).ShouldBe(text);
            RuleFileReader.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Value.Rules.Count.ShouldBe(set.Rules.Count);
        }
    }

    [Fact]
    public void Rules_survive_DMN()
    {
        var chance = new Random(22);
        for (var i = 0; i < 200; i++)
        {
            var set = RandomRules.Set(chance);
            var xml = Dmn.Write(set);
            var read = DmnReader.Read(xml, DefaultRules.Text);
            read.Problem.ShouldBeNull(xml);
            RuleDiff.Between(set, read.Value).ShouldBeEmpty(xml);
            Dmn.Write(read.Value).ShouldBe(xml);
        }
    }

    [Fact]
    public void One_changed_cell_is_one_changed_line()
    {
        var rules = DefaultRules.Text.Rules.ToArray();
        var fresh = Array.FindIndex(rules, r => r.Id == "direct-fresh");
        rules[fresh] = rules[fresh] with { When = new Dictionary<string, string>(rules[fresh].When) { ["direct_opportunity_age"] = "<= 60" } };
        var (before, after) = (RuleFile.Write(DefaultRules.Text).Split('\n'), RuleFile.Write(DefaultRules.Text with { Rules = rules }).Split('\n'));
        before.Length.ShouldBe(after.Length);
        before.Zip(after).Count(p => p.First != p.Second).ShouldBe(1);
    }

    [Theory]
    [InlineData("nonsense", 1)]
    [InlineData("name: x\nrule a\nthen: approve", 3)]
    [InlineData("name: x\n  when amount: 5", 2)]
    [InlineData("name: x\nname: y", 2)]
    [InlineData("name: x\nrule a\n  then: allow", 2)]
    [InlineData("decide within: soon", 1)]
    [InlineData("hit policy: any", 1)]
    [InlineData("rule a\n  then: approve\n  colour: blue", 3)]
    [InlineData("rule a\n  then: approve\n  credit percent: 101", 1)]
    public void A_fault_of_the_file_names_its_line(string text, int line) =>
        RuleFileReader.Read(text).Problem!.Errors.Keys.ShouldContain($"line[{line}]");

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var chance = new Random(23);
        var good = RuleFile.Write(DefaultRules.Text);
        for (var i = 0; i < 500; i++)
        {
            var at = chance.Next(good.Length);
            var text = good[..at] + (char)chance.Next(1, 0x2100) + good[Math.Min(good.Length, at + chance.Next(30))..];
            if (RuleFileReader.Read(text) is { Ok: true } read) DecisionTable.Build(read.Value);
        }
    }

    [Fact]
    public void Any_broken_DMN_is_read_or_refused()
    {
        var chance = new Random(24);
        var good = Dmn.Write(DefaultRules.Text);
        for (var i = 0; i < 250; i++)
        {
            var at = chance.Next(good.Length);
            var text = good[..at] + (char)chance.Next(1, 0x2100) + good[Math.Min(good.Length, at + chance.Next(60))..];
            if (DmnReader.Read(text, DefaultRules.Text) is { Ok: true } read) DecisionTable.Build(read.Value);
        }
    }

    [Theory]
    [InlineData("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&e;</definitions>""")]
    [InlineData("""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&c;</definitions>""")]
    [InlineData("<html/>")]
    [InlineData("""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>""")]
    [InlineData("no xml")]
    public void A_hostile_or_foreign_file_is_refused(string xml) => DmnReader.Read(xml, DefaultRules.Text).Problem!.Errors.Keys.ShouldContain("file");

    [Fact]
    public void A_large_file_is_refused() => DmnReader.Read(new string(' ', 1_000_001), DefaultRules.Text).Ok.ShouldBeFalse();

    [Fact]
    public void A_table_of_another_tool_is_read_with_our_own_settings()
    {
        const string xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Foreign" namespace="urn:x">
              <decision id="x" name="Foreign"><decisionTable id="t">
                <input id="i1" label="Amount"><inputExpression id="e1" typeRef="number"><text>amount</text></inputExpression></input>
                <output id="o1" name="outcome" typeRef="string"/><output id="o2" name="reviewer" typeRef="string"/>
                <rule id="small"><inputEntry id="a"><text>&lt;= 1000</text></inputEntry><outputEntry id="b"><text>"approve"</text></outputEntry><outputEntry id="c"><text></text></outputEntry></rule>
                <rule id="rest"><inputEntry id="f"><text>&gt; 1000</text></inputEntry><outputEntry id="g"><text>"review"</text></outputEntry><outputEntry id="h"><text>"executive"</text></outputEntry></rule>
              </decisionTable></decision>
            </definitions>
            """;
        var read = DmnReader.Read(xml, DefaultRules.Text).Value;
        read.HitPolicy.ShouldBe(HitPolicy.Unique, "DMN's own default");
        read.Rules.Select(r => (r.Id, r.Outcome, r.When["amount"])).ShouldBe([("small", Outcome.Approve, "<= 1000"), ("rest", Outcome.Review, "> 1000")]);
        read.Protection.ShouldBe(DefaultRules.Text.Protection);
        DecisionTable.Build(read).Problem!.Errors.Keys.ShouldAllBe(k => k.Contains(".for", StringComparison.Ordinal), "only the sentences are missing");
    }

    [Fact]
    public void What_is_written_is_DMN_1_3()
    {
        var root = XDocument.Parse(Dmn.Write(DefaultRules.Text)).Root!;
        root.Name.ShouldBe(Dmn.Model + "definitions");
        var table = root.Element(Dmn.Model + "decision")!.Element(Dmn.Model + "decisionTable")!;
        ((string?)table.Attribute("hitPolicy")).ShouldBe("FIRST");
        table.Elements(Dmn.Model + "input").Count().ShouldBe(DefaultRules.Text.Columns.Count);
        table.Elements(Dmn.Model + "rule").Count().ShouldBe(DefaultRules.Text.Rules.Count);
        var ids = root.DescendantsAndSelf().Select(e => (string?)e.Attribute("id")).OfType<string>().ToList();
        ids.Distinct().Count().ShouldBe(ids.Count, "every id once");
    }

    [Fact]
    public void The_difference_between_two_tables_is_told_rule_by_rule()
    {
        var before = DefaultRules.Text;
        var to = before with
        {
            DecideWithin = 3,
            Rules = [.. before.Rules.Skip(1).Take(3), before.Rules[0], before.Rules[4] with { Reviewer = "executive" }, .. before.Rules.Skip(6), before.Rules[^1] with { Id = "another" }],
        };
        RuleDiff.Between(before, to).Select(c => (c.Kind, c.Name)).ShouldBe(
            [(ChangeKind.Changed, "Settings"), (ChangeKind.Removed, before.Rules[5].Id), (ChangeKind.Moved, before.Rules[0].Id), (ChangeKind.Changed, before.Rules[4].Id), (ChangeKind.Added, "another")]);
    }
}
