using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals.Tests.RuleTables;

/// <summary>Drafts from the first edit to the published version, through the real host.</summary>
public sealed class DraftTests
{
    [SkippableTheory, Databases]
    public async Task A_draft_is_edited_simulated_and_published_and_then_decides(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (gold, silver) = (await world.PartnerAsync(), await world.PartnerAsync(tier: Tier.Silver));
        foreach (var (name, amount) in ((string, long)[])[("Alderbrook Foods", 10_000_00), ("Bexley Optics", 40_000_00), ("Cormorant Shipping", 90_000_00)]) await world.RegisterAsync(gold, world.Fields(name, amount: amount));
        await world.RegisterAsync(silver, world.Fields("Dunmore Textiles", amount: 5_000_00));

        var draft = await BeginAsync(world.Manager);
        var stricter = Stricter(DefaultRules.Text);
        (await EditAsync(world.Manager, draft, stricter)).Problem.ShouldBeNull();
        (await PublishAsync(world.Manager, draft)).Problem!.Code.ShouldBe("rules.not_allowed", "it has not been simulated");

        var run = await RunAsync(world, draft);
        (run.Summary!.Decisions, run.Summary.Differ, run.Summary.Gains, run.Summary.Loses).ShouldBe((4, 2, 0, 2));
        run.Summary.Lost.ShouldBe(130_000_00);
        run.Summary.ByTier.Select(t => (t.Label, t.Partners, t.Loses)).ShouldBe([("silver", 1, 0L), ("gold", 1, 2L)]);
        var lines = await world.Manager.DoAsync<Work, Kernel.Page<DifferenceLine>>(w => RunPages.DifferencesAsync(w, run.Run.Id, Effect.Loses, null, new Paging(), default));
        lines.Items.Select(l => (l.Customer, l.FromOutcome, l.ToOutcome, l.ToRule)).ShouldBe([("Cormorant Shipping", Outcome.Approve, Outcome.Review, "large"), ("Bexley Optics", Outcome.Approve, Outcome.Review, "large")]);

        (await PublishAsync(world.Manager, draft)).Problem.ShouldBeNull();
        var found = await FindAsync(world.Manager, draft);
        (found.State, found.PublishedNumber).ShouldBe((RuleDraftState.Published, 2));
        (await EditAsync(world.Manager, draft, DefaultRules.Text)).Problem!.Code.ShouldBe("rules.not_allowed");
        var next = await world.RegisterAsync(gold, world.Fields("Everdale Clinics", amount: 40_000_00));
        (await DealWorld.DecisionAsync(world.Manager, next.Id)).RulesVersion.ShouldBe(2);
        (await DealWorld.DecisionAsync(world.Manager, next.Id)).RuleId.ShouldBe("large");
    }

    [SkippableTheory, Databases]
    public async Task What_was_edited_after_the_simulation_must_be_simulated_again(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var draft = await BeginAsync(world.Manager);
        (await EditAsync(world.Manager, draft, Stricter(DefaultRules.Text))).Problem.ShouldBeNull();
        await RunAsync(world, draft);
        (await FindAsync(world.Manager, draft)).State.ShouldBe(RuleDraftState.Simulated);
        (await EditAsync(world.Manager, draft, DefaultRules.Text)).Problem.ShouldBeNull();
        (await FindAsync(world.Manager, draft)).State.ShouldBe(RuleDraftState.Draft);
        (await PublishAsync(world.Manager, draft)).Problem!.Kind.ShouldBe(ProblemKind.Conflict);
    }

    [SkippableTheory, Databases]
    public async Task A_failing_test_an_overlap_and_a_day_in_the_past_refuse_publishing(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var draft = await BeginAsync(world.Manager);
        var failing = DefaultRules.Text with { Tests = [new RuleTestText { Name = "Everything is refused", Given = new Dictionary<string, string>(), Expect = Outcome.Refuse }] };
        (await EditAsync(world.Manager, draft, failing)).Problem.ShouldBeNull("a draft may have a failing test");
        await RunAsync(world, draft);
        (await PublishAsync(world.Manager, draft)).Problem!.Errors.Keys.ShouldBe(["tests[0]"]);
        (await FindAsync(world.Manager, draft)).State.ShouldBe(RuleDraftState.Simulated, "a refusal changes nothing");

        (await EditAsync(world.Manager, draft, DefaultRules.Text with { HitPolicy = HitPolicy.Unique })).Problem!.Errors.Keys.ShouldContain("rules[1].id");
        (await EditAsync(world.Manager, draft, DefaultRules.Text)).Problem.ShouldBeNull();
        await RunAsync(world, draft);
        (await world.Manager.DoAsync<PublishDraft, Result<RuleSetId>>(p => p.RunAsync(new DraftPublication(draft, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1)), default))).Problem!.Errors.Keys.ShouldBe(["effectiveFrom"]);
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_two_drafts_the_second_is_told_of_the_first(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var (one, two) = (await BeginAsync(world.Manager), await BeginAsync(world.Manager));
        foreach (var draft in (RuleDraftId[])[one, two]) await RunAsync(world, draft);
        var published = await Task.WhenAll(PublishAsync(world.Manager, one), PublishAsync(world.Manager, two));
        published.Count(p => p.Ok).ShouldBe(1);
        published.Single(p => !p.Ok).Problem!.Code.ShouldBe("rules.changed_since");
        var late = published[0].Ok ? two : one;
        (await world.Manager.DoAsync<PublishDraft, Result<RuleSetId>>(p => p.RunAsync(new DraftPublication(late, Today, SeenNewer: true), default))).Problem.ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task Every_decision_replays_and_one_that_was_tampered_with_is_found(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        var seller = await world.PartnerAsync();
        await world.RegisterAsync(seller, world.Fields("Fenwick Paper"));
        await world.RegisterAsync(seller, world.Fields("Garrison Steel", amount: 600_000_00));
        (await RunAsync(world, null)).Summary!.Differ.ShouldBe(0);

        await world.Tenant.AsSystemAsync<Work, int>(w => w.Db.Set<Decision>().Where(d => d.Outcome == Outcome.Approve).ExecuteUpdateAsync(s => s.SetProperty(d => d.ForPartner, "Never said.")));
        var again = await RunAsync(world, null);
        (again.Summary!.Decisions, again.Summary.Differ).ShouldBe((2, 1));
        (await world.Manager.DoAsync<Work, Kernel.Page<DifferenceLine>>(w => RunPages.DifferencesAsync(w, again.Run.Id, null, null, new Paging(), default))).Items.Single().PartnerName.ShouldNotBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Drafts_and_runs_are_for_those_who_may_edit_rules(Database database)
    {
        var (world, other) = (await DealWorld.CreateAsync(database), await DealWorld.CreateAsync(database));
        var draft = await BeginAsync(world.Manager);
        var run = await RunAsync(world, draft);
        var (partner, seller) = (await world.PartnerAsync(), await world.Tenant.StaffAsync(Roles.DirectSeller));
        foreach (var person in (TestPerson[])[partner, seller])
        {
            using var api = await person.ApiAsync();
            foreach (var path in (string[])["", $"/{draft}"]) (await api.GetAsync("/api/v1/rules/drafts" + path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await api.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/publish", new { effectiveFrom = "2030-01-01" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var stranger = await other.Manager.ApiAsync();
        foreach (var path in (string[])[$"drafts/{draft}", $"runs/{run.Run.Id}", $"runs/{run.Run.Id}/differences"]) (await stranger.GetAsync("/api/v1/rules/" + path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostAsJsonAsync($"/api/v1/rules/drafts/{draft}/simulate", new { days = 30 })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await partner.DoAsync<Work, int>(w => w.Db.Set<RuleDraft>().CountAsync())).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task Rules_go_through_the_API_as_text_and_come_back(Database database)
    {
        var world = await DealWorld.CreateAsync(database);
        using var api = await world.Manager.ApiAsync();
        var made = await api.PostAsJsonAsync("/api/v1/rules/drafts", new { note = "From the repository", text = RuleFile.Write(Stricter(DefaultRules.Text)) });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var path = made.Headers.Location!.ToString();
        (await api.PutAsJsonAsync(path, new { text = "rule a\n  then: perhaps" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var stale = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { text = RuleFile.Write(DefaultRules.Text) }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"9\"");
        (await api.SendAsync(stale)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var pages = await world.Manager.PagesAsync();
        var id = path[(path.LastIndexOf('/') + 1)..];
        (await pages.Http.GetStringAsync($"/app/rules/drafts/{id}/rules.txt")).ShouldBe(RuleFile.Write(Stricter(DefaultRules.Text)));
        DmnReader.Read(await pages.Http.GetStringAsync($"/app/rules/drafts/{id}/rules.dmn"), DefaultRules.Text).Value.Rules.Count.ShouldBe(DefaultRules.Text.Rules.Count);
        (await pages.Http.GetStringAsync("/app/rules/check?fact=amount&cell=%3E+5")).ShouldContain("the amount is more than 5");
        (await pages.Http.GetStringAsync("/app/rules/check?fact=amount&cell=%3E+%22x%22")).ShouldContain("\"ok\":false");
    }

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    internal static RuleSetText Stricter(RuleSetText text) => text with
    {
        Rules = [.. text.Rules.Select(r => r.Id == "large" ? r with { When = new Dictionary<string, string> { ["amount"] = "> 30000" } } : r)],
        Tests = [.. text.Tests.Where(t => !t.Name.StartsWith("Half", StringComparison.Ordinal))],
    };

    internal static async Task<RuleDraftId> BeginAsync(TestPerson person)
    {
        var begun = await person.DoAsync<BeginDraft, Result<RuleDraftId>>(b => b.RunAsync(new NewRuleDraft("Try something"), default));
        begun.Problem.ShouldBeNull();
        return begun.Value;
    }

    private static Task<Result<RuleDraftId>> EditAsync(TestPerson person, RuleDraftId draft, RuleSetText text) =>
        person.DoAsync<EditDraft, Result<RuleDraftId>>(e => e.RunAsync(new RuleDraftEdit(draft, text), default));

    private static Task<Result<RuleSetId>> PublishAsync(TestPerson person, RuleDraftId draft) =>
        person.DoAsync<PublishDraft, Result<RuleSetId>>(p => p.RunAsync(new DraftPublication(draft, Today), default));

    private static async Task<RuleDraftDetail> FindAsync(TestPerson person, RuleDraftId draft) =>
        (await person.DoAsync<Work, Result<RuleDraftDetail>>(w => DraftPages.FindAsync(w, draft, default))).Value;

    internal static async Task<RuleRunDetail> RunAsync(DealWorld world, RuleDraftId? draft)
    {
        var started = await world.Manager.DoAsync<StartRun, Result<RuleRunId>>(s => s.RunAsync(new RunOrder(draft), default));
        started.Problem.ShouldBeNull();
        for (var i = 0; i < 300; i++)
        {
            await world.Tenant.App.DrainAsync();
            var run = await world.Manager.DoAsync<Work, Result<RuleRunDetail>>(w => RunPages.FindAsync(w, started.Value, default));
            if (run.Value.Summary is not null) return run.Value;
            run.Value.State.ShouldNotBe(JobState.Failed, run.Value.Message);
            await Task.Delay(20);
        }

        throw new InvalidOperationException("The run did not finish.");
    }
}
