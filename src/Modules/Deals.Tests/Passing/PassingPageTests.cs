using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Deals.Passing;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests.Leads;

public sealed class PassingPageTests
{
    [SkippableTheory, Databases]
    public async Task A_lead_is_passed_accepted_and_registered_on_the_pages(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (rosa, other) = (await world.PartnerAsync("Gold Nord"), await world.PartnerAsync("Plain Nord"));
        var account = await world.AccountAsync("Werkhof AG", "werkhof.example");
        using var staff = await world.Manager.PagesAsync();
        (await staff.GetAsync("/app/leads")).Text.ShouldContain("No lead fits");
        (await staff.GetAsync($"/app/accounts/{account}")).Text.ShouldContain("Pass a lead");
        var form = await staff.GetAsync($"/app/leads/new?account={account}");
        (await staff.SubmitAsync(form, "lead", ("Input.Act", "look"))).Text.ShouldContain("What is needed");
        var proposed = await staff.SubmitAsync(form, "lead", ("Input.Act", "look"), ("Input.Need", "Two sites"), ("Input.Amount", "12,500"), ("Input.ContactName", "Ana Silva"));
        foreach (var shown in new[] { "Gold Nord", "Plain Nord", "It sits in the customer’s country." }) proposed.Text.ShouldContain(shown);
        var passed = await staff.SubmitAsync(proposed, "lead", ("Input.Act", "pass"), ("Input.Partner", rosa.Actor.Partner.ToString()!));
        passed.Text.ShouldContain("Offered");
        var id = passed.Address.Segments[^1];
        (await staff.GetAsync($"/app/accounts/{account}")).Text.ShouldContain("Gold Nord");
        (await staff.Http.GetStringAsync("/app/leads.csv")).ShouldContain("Werkhof AG");

        using var partner = await rosa.PagesAsync();
        (await partner.GetAsync("/portal/leads")).Text.ShouldContain("1 lead waits for your answer");
        var page = await partner.GetAsync($"/portal/leads/{id}");
        page.Text.ShouldContain("Shown once you accept");
        page.Text.ShouldNotContain("Ana Silva");
        (await partner.SubmitAsync(page, "decline", ("Input.Reason", ""))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var accepted = await partner.SubmitAsync(page, "accept");
        accepted.Text.ShouldContain("Ana Silva");
        var draft = await partner.SubmitAsync(accepted, "register");
        draft.Address.PathAndQuery.ShouldStartWith("/portal/deals/new?draft=deal_");
        draft.Document.QuerySelector("[name='Input.CustomerName']")!.GetAttribute("value").ShouldBe("Werkhof AG");
        draft.Document.QuerySelector("[name='Input.ContactName']")!.GetAttribute("value").ShouldBe("Ana Silva");
        using var outside = await other.PagesAsync();
        (await outside.GetAsync($"/portal/leads/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var empty = (await outside.GetAsync("/portal/leads")).Text;
        empty.ShouldContain("No lead here");
        empty.ShouldNotContain("In review");
        (await outside.Http.GetStringAsync("/portal/leads.csv")).ShouldNotContain("Werkhof");

        var refer = await outside.GetAsync("/portal/leads/new");
        var sent = await outside.SubmitAsync(refer, "lead", ("Input.CustomerName", "Nebenan AG"), ("Input.Country", "DE"), ("Input.Need", "Wants what you sell."));
        sent.Text.ShouldContain("Accepted");
        (await staff.GetAsync("/app/leads?direction=to_vendor")).Text.ShouldContain("Nebenan AG");
    }

    [SkippableTheory, Databases]
    public async Task The_rules_of_passing_are_drafted_checked_published_and_read_by_partners(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        using var staff = await world.Manager.PagesAsync();
        var page = await staff.GetAsync("/app/leads/rules");
        foreach (var said in new[] { "another partner works on a lead of the customer", "taken at once, and noted as the partner’s for 180 days", "not taken: ", "another partner has passed the customer to the vendor" }) page.Text.ShouldContain(said);
        var text = RuleFile.Write(DefaultPassing.Text);
        (await staff.SubmitAsync(page, "draft", ("Input.Text", text.Replace("open_leads: >= 10", "open_leads: many", StringComparison.Ordinal)), ("Input.Note", "Fewer"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await staff.SubmitAsync(page, "draft", ("Input.Text", text.Replace("kind: passing\n", "", StringComparison.Ordinal)), ("Input.Note", "Fewer"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var failing = await staff.SubmitAsync(page, "draft", ("Input.Text", text.Replace("capacity_left: <= 0", "capacity_left: < 0", StringComparison.Ordinal)), ("Input.Note", "Fewer"));
        failing.Text.ShouldContain("A full partner gets none");
        var kept = await staff.SubmitAsync(page, "draft", ("Input.Text", text.Replace("answer hours: 24", "answer hours: 6", StringComparison.Ordinal)), ("Input.Note", "Quicker"));
        kept.Text.ShouldContain("Publish the draft");
        using var portal = await rosa.PagesAsync();
        (await portal.GetAsync("/portal/rules")).Text.ShouldContain("to be answered within 24 hours of working days");
        (await staff.SubmitAsync(kept, "publish")).Text.ShouldContain("Version 2");
        (await portal.GetAsync("/portal/rules")).Text.ShouldContain("to be answered within 6 hours of working days");
        (await PassingTests.SeeAsync(world.Manager, await PassingTests.PassAsync(world, rosa, "Danach AG"))).RulesVersion.ShouldBe(2);
        using var api = await rosa.ApiAsync();
        var read = JsonDocument.Parse(await api.GetStringAsync("/api/v1/passing-rules")).RootElement;
        (read.GetProperty("number").GetInt32(), read.GetProperty("table").GetProperty("tests").GetArrayLength()).ShouldBe((2, 0));
        read.ToString().ShouldNotContain("Agree with its owner");
        (await api.PutAsJsonAsync("/api/v1/passing-rules/draft", new { text, note = "Mine" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await portal.GetAsync("/app/leads/rules")).Status.ShouldNotBe(HttpStatusCode.OK);
        // A table about leads decides on no registration.
        (await world.Manager.DoAsync<PublishRules, Result<RuleSetId>>(p => p.RunAsync(new NewRules(DefaultPassing.Text, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1), "Wrong"), default))).Problem!.Errors.Keys.ShouldBe(["kind"]);
    }

    [SkippableTheory, Databases]
    public async Task The_rules_and_what_they_say_of_a_lead_are_read_in_the_readers_language(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var rosa = await world.PartnerAsync();
        var id = await PassingTests.PassAsync(world, rosa, "Sprachlos AG");
        foreach (var (language, rule, said) in new[] { ("de", "zu beantworten binnen 24 Stunden an Arbeitstagen", "Bitte antworten Sie binnen 24 Stunden an Arbeitstagen"), ("ar", "يُرد عليها خلال 24 ساعة من أيام العمل", "يُرجى الرد خلال 24 ساعة من أيام العمل") })
        {
            using var pages = await rosa.PagesAsync();
            pages.Http.DefaultRequestHeaders.Add("Accept-Language", language);
            var rules = (await pages.GetAsync("/portal/rules")).Text;
            rules.ShouldContain(rule);
            rules.ShouldNotContain("once accepted");
            (await pages.GetAsync($"/portal/leads/{id}")).Text.ShouldContain(said);
        }
    }

    [Fact]
    public void The_shipped_rules_pass_their_checks_and_tests_and_are_read_again_as_written()
    {
        KeepPassingRules.Checked(DefaultPassing.Text).Problem.ShouldBeNull();
        var spoken = DefaultPassing.Text with { Rules = [.. DefaultPassing.Text.Rules.Select((r, i) => i == 0 ? r with { Says = new Dictionary<string, string> { ["de"] = "Sie hatten diesen Lead." } } : r)] };
        KeepPassingRules.Checked(spoken).Problem!.Errors.Keys.ShouldHaveSingleItem().ShouldEndWith(".says");
        var read = RuleFileReader.Read(RuleFile.Write(DefaultPassing.Text)).Value;
        RuleFile.Write(read).ShouldBe(RuleFile.Write(DefaultPassing.Text));
        Overlaps.Masked(DecisionTable.Of(DefaultPassing.Text)).ShouldBeEmpty("no rule stands where it can never decide");
    }
}
