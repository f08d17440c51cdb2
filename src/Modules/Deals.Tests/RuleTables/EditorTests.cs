using System.Net;
using Trellis.Deals.Rules;

namespace Trellis.Deals.Tests.RuleTables;

/// <summary>The table in the browser, without scripts.</summary>
public sealed class EditorTests
{
    [SkippableTheory, Databases]
    public async Task A_rule_is_added_moved_filled_and_saved_without_scripts(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var draft = await DraftTests.BeginAsync(world.Manager);
        using var pages = await world.Manager.PagesAsync();
        var count = DefaultRules.Text.Rules.Count;
        var page = await pages.GetAsync($"/app/rules/drafts/{draft}");
        page = await pages.SubmitAsync(page, "rules", ("act", $"add-rule:{count}"));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page = await pages.SubmitAsync(page, "rules", ("act", $"up:{count}"));
        page = await pages.SubmitAsync(page, "rules", ("act", "add-column"), ("new_column", "segment"));
        (await TextAsync(world, draft)).Rules[count - 1].Id.ShouldBe($"rule-{count + 1}");

        var last = $"r{count - 1}";
        (string, string)[] typed = [("act", "save"), ($"{last}.when.segment", "\"Retail\""), ($"{last}.when.amount", "> much"), ($"{last}.outcome", "approve"), ($"{last}.who", ""), ($"{last}.days", "soon"), ($"{last}.partner", "Fine: {protected_until}"), ($"{last}.vendor", "Retail.")];
        var refused = await pages.SubmitAsync(page, "rules", typed);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Document.QuerySelector($"#at-rules-{count - 1}-amount")!.GetAttribute("aria-invalid").ShouldBe("true");
        refused.Document.QuerySelector($"[name='{last}.when.amount']")!.GetAttribute("value").ShouldBe("> much");
        refused.Document.QuerySelector($"[name='{last}.days']")!.GetAttribute("value").ShouldBe("soon", "nothing typed is lost");
        refused.Document.QuerySelector($"[name='{last}.partner']")!.TextContent.ShouldBe("Fine: {protected_until}");
        refused.Text.ShouldContain("“soon” is no whole number");

        var saved = await pages.SubmitAsync(refused, "rules", ("act", "save"), ($"{last}.when.amount", "> 5"), ($"{last}.days", "45"));
        saved.Status.ShouldBe(HttpStatusCode.OK, saved.Text);
        var rule = (await TextAsync(world, draft)).Rules[count - 1];
        (rule.Outcome, rule.ProtectionDays, rule.When["segment"], rule.When["amount"]).ShouldBe((Outcome.Approve, 45, "\"Retail\"", "> 5"));

        var stale = await pages.SubmitAsync(page, "rules", ("act", "save"), ("name", "Mine"));
        stale.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        stale.Document.QuerySelector("[name=name]")!.GetAttribute("value").ShouldBe("Mine");
    }

    [SkippableTheory, Databases]
    public async Task A_table_of_a_hundred_rules_can_be_edited(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var draft = await DraftTests.BeginAsync(world.Manager);
        RuleText[] many = [.. Enumerable.Range(0, 100).Select(i => DefaultRules.Text.Rules[^1] with { Id = $"r-{i}", When = new Dictionary<string, string> { ["amount"] = $"{i}" } })];
        (await world.Manager.DoAsync<EditDraft, Result<RuleDraftId>>(e => e.RunAsync(new RuleDraftEdit(draft, DefaultRules.Text with { Rules = many, Tests = [] }), default))).Problem.ShouldBeNull();
        using var pages = await world.Manager.PagesAsync();
        var page = await pages.SubmitAsync(await pages.GetAsync($"/app/rules/drafts/{draft}"), "rules", ("act", "save"), ("r99.when.amount", "5000"));
        page.Status.ShouldBe(HttpStatusCode.OK);
        (await TextAsync(world, draft)).Rules[99].When["amount"].ShouldBe("5000");
    }

    [SkippableTheory, Databases]
    public async Task A_draft_is_begun_from_a_DMN_file_and_published_in_the_browser(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        await world.RegisterAsync(seller, world.Fields("One customer", amount: 40_000_00));
        using var pages = await world.Manager.PagesAsync();
        var form = await pages.GetAsync("/app/rules/drafts/new");
        using var body = new MultipartFormDataContent();
        foreach (var field in form.Document.QuerySelector("input[type=file]")!.Closest("form")!.QuerySelectorAll("input[type=hidden]")) body.Add(new StringContent(field.GetAttribute("value") ?? ""), field.GetAttribute("name")!);
        body.Add(new StringContent("Taken from the repository"), "Input.Note");
        body.Add(new StringContent(Dmn.Write(DraftTests.Stricter(DefaultRules.Text))), "File", "rules.dmn");
        var posted = await pages.Http.PostAsync("/app/rules/drafts/new", body);
        var at = posted.RequestMessage!.RequestUri!.AbsolutePath;
        at.ShouldStartWith("/app/rules/drafts/rdr_");

        (await pages.GetAsync(at + "/changes")).Text.ShouldContain("> 30000");
        var simulation = await pages.SubmitAsync(await pages.GetAsync(at + "/simulation"), "simulate", ("days", "365"));
        simulation.Address.AbsolutePath.ShouldStartWith("/app/rules/runs/");
        for (var i = 0; i < 200 && !simulation.Text.Contains("Partner loses", StringComparison.Ordinal); i++)
        {
            await world.Tenant.App.DrainAsync();
            await Task.Delay(20);
            simulation = await pages.GetAsync(simulation.Address.AbsolutePath);
        }

        simulation.Text.ShouldContain("One customer");
        (await pages.Http.GetStringAsync(simulation.Address.AbsolutePath + "/differences.csv")).ShouldContain("One customer");
        var published = await pages.SubmitAsync(await pages.GetAsync(at + "/simulation"), "publish");
        published.Address.AbsolutePath.ShouldBe("/app/rules");
        published.Text.ShouldContain("Taken from the repository");
        using var portal = await seller.PagesAsync();
        (await portal.GetAsync("/portal/rules")).Text.ShouldContain("the amount is more than 30,000");
        var compared = await pages.GetAsync("/app/rules/compare?from=1&to=2");
        compared.Text.ShouldContain("> 500000");
    }

    private static async Task<RuleSetText> TextAsync(DealWorld world, RuleDraftId draft) =>
        (await world.Manager.DoAsync<Work, Result<RuleDraftDetail>>(w => DraftPages.FindAsync(w, draft, default))).Value.Rules;
}
