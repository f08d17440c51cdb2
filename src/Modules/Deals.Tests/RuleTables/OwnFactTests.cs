using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Tests.RuleTables;

/// <summary>Custom fields and segments as facts of the rules of engagement.</summary>
public sealed class OwnFactTests
{
    private static OwnFact Fact(string name, string source, string label = "Focus", params string[] choices) => new() { Name = name, Source = source, Label = label, Type = FactType.Text, Choices = choices.Length == 0 ? null : choices };

    [Fact]
    public void A_table_keeps_its_name_of_a_renamed_fact_takes_fresh_choices_and_refuses_one_that_is_gone()
    {
        var (old, now) = (Fact("partner_segment_big", "seg_1", "Big"), Fact("partner_segment_large", "seg_1", "Large"));
        var text = Asking("partner_segment_big", "true") with { Facts = [old with { Type = FactType.Boolean }] };
        var renamed = OwnFacts.Complete(text, [now with { Type = FactType.Boolean }]);
        renamed.Facts!.Single().ShouldBe(now with { Type = FactType.Boolean, Name = "partner_segment_big" });
        DecisionTable.Build(renamed).Ok.ShouldBeTrue();
        Phrases.When(DecisionTable.Of(renamed).Rules[0]).ShouldBe("If the partner belongs to the segment “Large”");

        var gone = OwnFacts.Complete(text, []);
        DecisionTable.Build(gone).Problem!.Errors["columns"].Single().ShouldContain("The segment “Big” is no more. Take the column partner_segment_big out");
        DecisionTable.Of(text).Rules.Count.ShouldBe(text.Rules.Count, "a version that was published decides as it did");
        OwnFacts.Complete(Asking("partner_field_nothing", "\"x\""), []).Facts.ShouldBeNull();
        DecisionTable.Build(Asking("partner_field_nothing", "\"x\"")).Problem!.Errors["columns"].Single().ShouldBe("There is no fact “partner_field_nothing”.");

        var choices = OwnFacts.Complete(Asking("partner_field_focus", "\"Retail\""), [Fact("partner_field_focus", "fld_1", "Focus", "Wholesale")]);
        DecisionTable.Build(choices).Problem!.Errors["rules[0].partner_field_focus"].Single().ShouldContain("never occurs; the partner's “Focus” is one of Wholesale");
        RuleSetText.FromJson(renamed.ToJson()).Facts!.Single().ShouldBe(renamed.Facts!.Single());
        DefaultRules.Text.ToJson().Contains("\"facts\"", StringComparison.Ordinal).ShouldBeFalse("what older versions stored stays as it was, byte for byte");
    }

    [Fact]
    public void Partners_read_no_condition_over_what_they_do_not_know()
    {
        var text = Asking("account_field_risk", "\"high\"") with { Facts = [Fact("account_field_risk", "fld_9", "Risk")] };
        OwnFacts.ForPartners(text).ToJson().ShouldNotContain("risk");
        Phrases.When(DecisionTable.Of(text).Rules[0], f => f.Own).ShouldBe("If the vendor's own records of the case say so");
    }

    [SkippableTheory, Databases]
    public async Task Custom_fields_and_segments_decide_are_simulated_replay_and_a_field_put_away_is_told_at_publishing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var owner = await world.Tenant.Administrator.ApiAsync();
        var focus = await PostAsync(owner, "/api/v1/fields", new { record = "partners", label = "Focus", kind = "choice", sight = "staff", choices = "Retail\nWholesale" });
        await PostAsync(owner, "/api/v1/fields", new { record = "partners", label = "Score 1", key = "score_1", kind = "number", sight = "partner_reads" });
        await PostAsync(owner, "/api/v1/fields", new { record = "accounts", label = "Renewal day", kind = "date", sight = "staff" });
        await PostAsync(owner, "/api/v1/segments", new { name = "Strategic few", conditions = new { tiers = new[] { "platinum" } } });
        var partner = await world.PartnerAsync();
        var account = await world.AccountAsync("Greywater Mills", "greywater.example");
        await WriteAsync(owner, $"partners/{partner.Actor.Partner}", new { focus = "Wholesale", score_1 = "7.5" });
        await WriteAsync(owner, $"accounts/{account}", new { renewal_day = "2027-03-01" });

        var deal = await world.RegisterAsync(partner, world.Fields("Greywater Mills", domain: "greywater.example"));
        var decision = await DealWorld.DecisionAsync(world.Manager, deal.Id);
        string Stored(string name) => decision.Facts![name].ToString();
        (Stored("partner_field_focus"), Stored("partner_field_score_1"), Stored("account_field_renewal_day"), Stored("partner_segment_strategic_few")).ShouldBe(("\"Wholesale\"", "7.5", "date(\"2027-03-01\")", "false"));
        decision.FactNames!["partner_field_focus"].ShouldBe("the partner's “Focus”");

        using var pages = await world.Manager.PagesAsync();
        (await pages.Http.GetStringAsync("/app/rules/check?fact=partner_field_focus&cell=%22Wholesale%22")).ShouldContain("is Wholesale");
        (await pages.Http.GetStringAsync("/app/rules/check?fact=partner_field_focus&cell=%22Space%22")).ShouldContain("never occurs");
        (await pages.Http.GetStringAsync("/app/rules/check?fact=partner_segment_strategic_few&cell=5")).ShouldContain("true or false is expected");
        var draft = await DraftTests.BeginAsync(world.Manager);
        var page = await pages.GetAsync($"/app/rules/drafts/{draft}");
        page.Document.QuerySelectorAll("select[name=new_column] optgroup option").Select(o => o.TextContent).ShouldBe(["Partner: Focus", "Partner: Score 1", "Customer: Renewal day", "Segment: Strategic few"]);
        var rules = WithFirst(DefaultRules.Text, new Dictionary<string, string>
        {
            ["partner_field_focus"] = "\"Wholesale\"", ["partner_field_score_1"] = "> 7", ["account_field_renewal_day"] = "> date(\"2027-01-01\")", ["partner_segment_strategic_few"] = "false",
        });
        using var api = await world.Manager.ApiAsync();
        using var kept = await api.PutAsJsonAsync($"/api/v1/rules/drafts/{draft}", new { text = RuleFile.Write(rules) });
        kept.StatusCode.ShouldBe(HttpStatusCode.OK, await kept.Content.ReadAsStringAsync());
        (await pages.GetAsync($"/app/rules/drafts/{draft}")).Document.QuerySelectorAll("thead th").Any(h => h.TextContent.Contains("Customer: Renewal day")).ShouldBeTrue();

        var run = await DraftTests.RunAsync(world, draft);
        (run.Summary!.Decisions, run.Summary.Differ, run.Summary.Absent!.Count).ShouldBe((1, 1, 0));

        // Put away between simulation and publishing: told, and nothing is published.
        (await owner.DeleteAsync($"/api/v1/fields/{focus}")).EnsureSuccessStatusCode();
        var refused = await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow) });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("was put away");
        (await owner.PostAsync($"/api/v1/fields/{focus}/restore", null)).EnsureSuccessStatusCode();
        (await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow) })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var next = await world.RegisterAsync(partner, world.Fields("Greywater Mills", product: world.Vault, domain: "greywater.example"));
        var second = await DealWorld.DecisionAsync(world.Manager, next.Id);
        (second.RuleId, second.Outcome).ShouldBe(("own-facts", Outcome.Review));
        second.ForVendor.ShouldBe("Focus Wholesale, score 7.5.");
        second.Conditions!.Select(c => c.Words).ShouldContain("the partner's “Focus” is Wholesale");
        (await owner.DeleteAsync($"/api/v1/fields/{focus}")).EnsureSuccessStatusCode();
        (await DraftTests.RunAsync(world, null)).Summary!.Differ.ShouldBe(0, "what was decided is decided again, byte for byte, whatever became of the field");

        using var portal = await partner.PagesAsync();
        var said = (await portal.GetAsync("/portal/rules")).Document.Body!.TextContent;
        said.ShouldContain("the vendor's own records of the case say so");
        said.ShouldContain("the partner's “Score 1” is more than 7");
        foreach (var secret in new[] { "Focus", "Renewal day", "Strategic few" }) said.ShouldNotContain(secret);
        using var asked = await partner.ApiAsync();
        (await asked.GetStringAsync("/api/v1/rules")).ShouldNotContain("Strategic");
    }

    [SkippableTheory, Databases]
    public async Task Partners_read_the_versions_that_have_decided_without_what_is_the_vendors(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var partner = await world.PartnerAsync();
        await world.RegisterAsync(partner, world.Fields("Early Works"));
        using var api = await world.Manager.ApiAsync();
        async Task PublishAsync(string rule, int inDays)
        {
            var draft = await DraftTests.BeginAsync(world.Manager);
            var text = DefaultRules.Text with { Rules = [.. DefaultRules.Text.Rules.Select(r => r.Id == "large" ? r with { ForVendor = $"Ours alone: {rule}.", ForPartner = $"Told: {rule}." } : r)] };
            (await api.PutAsJsonAsync($"/api/v1/rules/drafts/{draft}", new { text = RuleFile.Write(text) })).EnsureSuccessStatusCode();
            await DraftTests.RunAsync(world, draft);
            (await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(inDays) })).EnsureSuccessStatusCode();
        }

        await PublishAsync("second", 0);
        await PublishAsync("third", 30);

        using var asked = await partner.ApiAsync();
        foreach (var (address, version) in new[] { ("/api/v1/rules", 2), ("/api/v1/rules?version=2", 2), ("/api/v1/rules?version=1", 1) })
        {
            var rules = await asked.GetFromJsonAsync<JsonElement>(address);
            rules.GetProperty("version").GetProperty("number").GetInt32().ShouldBe(version);
            rules.GetProperty("table").GetProperty("tests").GetArrayLength().ShouldBe(0);
            foreach (var rule in rules.GetProperty("table").GetProperty("rules").EnumerateArray()) rule.GetProperty("forVendor").GetString().ShouldBe(rule.GetProperty("forPartner").GetString());
            foreach (var secret in new[] { "Ours alone", "Quietly", world.Manager.Actor.Name, DefaultRules.Text.Rules[0].ForVendor }) rules.GetRawText().ShouldNotContain(secret);
            rules.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("number").GetInt32()).ShouldBe([2, 1]);
        }

        (await asked.GetAsync("/api/v1/rules?version=3")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "planned");
        using var portal = await partner.PagesAsync();
        (await portal.GetAsync("/portal/rules?version=1")).Text.ShouldContain("It has decided earlier registrations.");
        (await portal.GetAsync("/portal/rules?version=3")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetStringAsync("/api/v1/rules")).ShouldContain("Ours alone: second.");
    }

    [SkippableTheory, Databases]
    public async Task Fields_of_a_registration_decide_it_whether_typed_with_it_or_kept_in_its_draft(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var owner = await world.Tenant.Administrator.ApiAsync();
        await PostAsync(owner, "/api/v1/fields", new { record = "deals", label = "Project kind", kind = "choice", sight = "partner_writes", choices = "New build\nReplacement" });
        await PostAsync(owner, "/api/v1/fields", new { record = "deals", label = "Seats", kind = "number", sight = "partner_writes" });
        await PostAsync(owner, "/api/v1/fields", new { record = "deals", label = "Margin class", kind = "text", sight = "staff" });
        var rules = WithFirst(DefaultRules.Text, new Dictionary<string, string> { ["deal_field_project_kind"] = "\"Replacement\"", ["deal_field_seats"] = ">= 500" });
        var draft = await DraftTests.BeginAsync(world.Manager);
        using var api = await world.Manager.ApiAsync();
        using var kept = await api.PutAsJsonAsync($"/api/v1/rules/drafts/{draft}", new { text = RuleFile.Write(rules) });
        kept.StatusCode.ShouldBe(HttpStatusCode.OK, await kept.Content.ReadAsStringAsync());
        using var pages = await world.Manager.PagesAsync();
        (await pages.GetAsync($"/app/rules/drafts/{draft}")).Document.QuerySelectorAll("thead th").Any(h => h.TextContent.Contains("Registration: Seats")).ShouldBeTrue();
        await DraftTests.RunAsync(world, draft);
        (await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = DateOnly.FromDateTime(DateTime.UtcNow) })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var partner = await world.PartnerAsync();
        Dictionary<string, string?> Own(string kind, string seats) => new() { ["project_kind"] = kind, ["seats"] = seats };
        async Task<DecisionDetail> DecidedAsync(DealId deal) => await DealWorld.DecisionAsync(world.Manager, deal);

        var typed = await DecidedAsync((await world.RegisterAsync(partner, world.Fields("Typed Works") with { Own = Own("Replacement", "500") })).Id);
        (typed.RuleId, typed.Facts!["deal_field_project_kind"].ToString(), typed.Facts["deal_field_seats"].ToString()).ShouldBe(("own-facts", "\"Replacement\"", "500"));
        typed.Facts["deal_field_margin_class"].IsUnknown.ShouldBeTrue();
        typed.Conditions!.Select(c => c.Words).ShouldContain("the registration's “Seats” is at least 500");
        (await DecidedAsync((await world.RegisterAsync(partner, world.Fields("Few Works") with { Own = Own("Replacement", "499") })).Id)).RuleId.ShouldNotBe("own-facts");
        (await DecidedAsync((await world.RegisterAsync(partner, world.Fields("Untold Works"))).Id)).RuleId.ShouldNotBe("own-facts", "what nobody filled in holds for nothing");

        // Kept in the draft and submitted as it stands; and kept, then changed while submitting.
        async Task<DealId> DraftAsync(string name) =>
            (await partner.DoAsync<SaveDraft, Result<DealId>>(s => s.RunAsync(new DraftInput(null, world.Fields(name) with { Own = Own("Replacement", "900") }), default))).Value;
        async Task SubmitAsync(DealId deal, DealFields? fields) =>
            (await partner.DoAsync<Register, Result<DealId>>(r => r.RunAsync(new RegisterInput(fields, deal), default))).Ok.ShouldBeTrue();
        var (asKept, changed) = (await DraftAsync("Kept Works"), await DraftAsync("Changed Works"));
        await SubmitAsync(asKept, null);
        await SubmitAsync(changed, world.Fields("Changed Works") with { Own = Own("New build", "900") });
        (await DecidedAsync(asKept)).RuleId.ShouldBe("own-facts");
        var other = await DecidedAsync(changed);
        (other.RuleId == "own-facts", other.Facts!["deal_field_project_kind"].ToString()).ShouldBe((false, "\"New build\""));

        // Partners read a condition over a field that is open to them, and of their decision nothing that is the vendor's.
        using var portal = await partner.PagesAsync();
        (await portal.GetAsync("/portal/rules")).Document.Body!.TextContent.ShouldContain("the registration's “Seats” is at least 500");
        using var asked = await partner.ApiAsync();
        var said = await asked.GetStringAsync($"/api/v1/deals/{asKept}/decision");
        said.ShouldContain("A person looks at this registration.");
        foreach (var secret in new[] { "margin_class", "Margin class" }) said.ShouldNotContain(secret);
    }

    private static RuleSetText Asking(string fact, string cell) => WithFirst(DefaultRules.Text, new Dictionary<string, string> { [fact] = cell });

    private static RuleSetText WithFirst(RuleSetText text, Dictionary<string, string> when) => text with
    {
        Columns = [.. text.Columns, .. when.Keys],
        Rules =
        [
            new RuleText
            {
                Id = "own-facts", When = when, Outcome = Outcome.Review, Reviewer = Roles.Executive, ForPartner = "A person looks at this registration.",
                ForVendor = when.ContainsKey("partner_field_score_1") ? "Focus {partner_field_focus}, score {partner_field_score_1}." : "Asked for.",
            },
            .. text.Rules,
        ],
    };

    private static async Task<string> PostAsync(HttpClient api, string path, object body)
    {
        using var answer = await api.PostAsJsonAsync(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").ToString();
    }

    private static async Task WriteAsync(HttpClient api, string record, object values) =>
        (await api.PatchAsync($"/api/v1/custom-fields/{record}", JsonContent.Create(new { values }))).EnsureSuccessStatusCode();
}
