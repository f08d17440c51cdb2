using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests.RuleTables;

/// <summary>What tests of a table expect besides the outcome, and what the editor checks while somebody types.</summary>
public sealed class ExpectationTests
{
    private static RuleSetText Expecting(params (string Name, string Value)[] then) => DefaultRules.Text with
    {
        Tests = [new RuleTestText { Name = "Large", Given = new Dictionary<string, string> { ["amount"] = "900000", ["partner_tier"] = "\"gold\"" }, Expect = Outcome.Review, By = "large", Then = then.ToDictionary(t => t.Name, t => t.Value) }],
    };

    [Fact]
    public void A_test_fails_where_something_else_follows_than_it_expects()
    {
        var reviewer = DefaultRules.Text.Rules.Single(r => r.Id == "large").Reviewer!;
        Run(("reviewer", reviewer), ("protection_days", "none")).Passed.ShouldBeTrue();
        var failed = Run(("reviewer", reviewer == "executive" ? "partner_manager" : "executive"));
        failed.Passed.ShouldBeFalse();
        failed.Got.ShouldEndWith($", reviewer {reviewer}");
        Run(("protection_days", "90")).Got.ShouldEndWith(", protection days none");

        static RuleTestResult Run(params (string, string)[] then) => RuleTests.Run(DecisionTable.Build(Expecting(then)).Value).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("protection_days", "many")]
    [InlineData("credit_percent", "101")]
    [InlineData("reviewer", "the boss")]
    [InlineData("reason", "because")]
    [InlineData("colour", "blue")]
    public void What_a_test_cannot_expect_is_named_at_its_place(string name, string value) =>
        DecisionTable.Build(Expecting((name, value))).Problem!.Errors.Keys.ShouldBe(["tests[0].then"]);

    [Theory]
    [InlineData("days", "90", true)]
    [InlineData("days", "0", false)]
    [InlineData("days", "soon", false)]
    [InlineData("limit", "13", false)]
    [InlineData("credit", "12.345", false)]
    [InlineData("pays", "Moon money", false)]
    [InlineData("pays", "referral_fee", true)]
    [InlineData("partner", "Protected until {protected_until}.", true)]
    [InlineData("partner", "It meets {direct_opportunity_age}.", false)]
    [InlineData("vendor", "It meets {direct_opportunity_age}.", true)]
    [InlineData("vendor", "It meets {nothing}.", false)]
    [InlineData("given", "amount: 5000\npartner_tier: \"gold\"", true)]
    [InlineData("given", "amount: much", false)]
    [InlineData("given", "weather: \"fine\"", false)]
    [InlineData("then", "protection days: 90", true)]
    [InlineData("then", "protection days: long", false)]
    [InlineData("else", "x", false)]
    [InlineData("days", "", true)]
    public void Each_field_is_judged_while_it_is_typed_as_on_saving(string part, string typed, bool right)
    {
        var said = TypingChecks.Of(part, typed, []);
        said.Ok.ShouldBe(right, said.Message);
        (said.Message.Length == 0).ShouldBe(right);
    }

    [SkippableTheory, Databases]
    public async Task A_compensation_that_no_plan_knows_is_remarked_on_and_the_editor_answers_while_one_types(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var api = await world.Manager.ApiAsync();
        var rules = DefaultRules.Text.Rules.ToArray();
        var last = Array.FindIndex(rules, r => r.Id == "approve");
        rules[last] = rules[last] with { Compensation = "moon_money" };
        var begun = await api.PostAsJsonAsync("/api/v1/rules/drafts", new { note = "Moon", text = RuleFile.Write(DefaultRules.Text with { Rules = rules }) });
        begun.IsSuccessStatusCode.ShouldBeTrue(await begun.Content.ReadAsStringAsync());
        var draft = await api.GetFromJsonAsync<JsonElement>(begun.Headers.Location!.ToString());
        draft.GetProperty("remarks").ToString().ShouldContain("moon_money");
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.GetAsync($"/app/rules/drafts/{draft.GetProperty("id").GetString()}");
        page.Text.ShouldContain("moon_money");
        page.Document.QuerySelectorAll("trellis-check[src='/app/rules/check?part=days']").Length.ShouldBe(rules.Length);
        (await api.GetStringAsync("/api/v1/rules/check?part=days&cell=900")).ShouldContain("1 to 730");
    }
}
