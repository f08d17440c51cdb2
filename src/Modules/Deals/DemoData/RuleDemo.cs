using Trellis.Deals.Rules;
using Trellis.Kernel;

namespace Trellis.Deals.DemoData;

/// <summary>A draft of the rules that was simulated on all that the demo's partners have registered, and waits for somebody to publish it.</summary>
internal static class RuleDemo
{
    private const string Author = "Omar Haddad";
    private const string Note = "Decide more at once for newcomers and partners who prove themselves, and ask an executive earlier.";

    public static async Task LoadAsync(Demo demo, IReadOnlyList<DealStory> stories, CancellationToken ct)
    {
        var at = demo.Now.AddDays(-2);
        var draft = RuleDraft.Begin(demo.Tenant, demo.NewId<RuleDraftId>(at), 1, Note, Text(), at, Author);
        draft.Version = 2;
        draft.Enter(RuleDraftState.Simulated, at.AddMinutes(25), Author);
        var run = new RuleRun
        {
            TenantId = demo.Tenant,
            Id = demo.NewId<RuleRunId>(at.AddMinutes(25)),
            Kind = RuleRunKind.Simulation,
            Draft = draft.Id,
            Content = draft.Content,
            Days = RunOrder.TwoYears,
            From = at.AddDays(-RunOrder.TwoYears),
            StartedAt = at.AddMinutes(25),
            StartedByName = Author,
        };
        var simulation = new Simulation(DecisionTable.Of(Text()), "USD");
        PastDecision[] past = [.. stories.Where(s => s.Decision is { } d && d.At >= run.From && d.At < at).Select(Past)];
        List<RuleDifference> differences = [.. simulation.Take(past).Select(c => Runs.Difference(run, c, simulation.NameOf(c.Now), demo.NewId<RuleDifferenceId>(at.AddMinutes(25))))];
        run.Finish(simulation.Summary(differences.Count), at.AddMinutes(25));
        await demo.InsertAsync([draft], ct);
        await demo.InsertAsync([run], ct);
        await demo.InsertAsync(differences, ct);
    }

    private static PastDecision Past(DealStory story) => new()
    {
        Id = story.Decision!.Id,
        Deal = story.Deal.Id,
        Partner = story.Partner.Row.Id,
        At = story.Decision.At,
        Facts = story.Decision.Facts,
        Amount = story.Deal.Amount,
        Outcome = story.Decision.Outcome,
        Rule = story.Decision.RuleId,
        Reason = story.Decision.Reason,
        Reviewer = story.Decision.Reviewer,
        Days = story.Decision.ProtectionDays,
    };

    private static RuleSetText Text() => DefaultRules.Text with
    {
        Columns = [.. DefaultRules.Text.Columns, Vocabulary.PartnerDays.Name],
        Rules = [.. DefaultRules.Text.Rules.SelectMany(Change)],
        Tests =
        [
            .. DefaultRules.Text.Tests.Select(t => (t.Name, t.By) switch
            {
                ("A direct opportunity of 90 days is fresh", _) => With(t, "A direct opportunity of 60 days is fresh", Vocabulary.DirectAge, "60"),
                ("Above half a million an executive confirms", _) => With(t, "Above a quarter of a million an executive confirms", Vocabulary.Amount, "250000.01"),
                ("Half a million is still decided at once", _) => With(t, "A quarter of a million is still decided at once", Vocabulary.Amount, "250000"),
                ("Half a million without evidence is the partner manager's", _) => With(t, "A quarter of a million without evidence is the partner manager's", Vocabulary.Amount, "250000"),
                _ => t,
            }),
        ],
    };

    private static RuleTestText With(RuleTestText test, string name, FactKind fact, string value) =>
        test with { Name = name, Given = new Dictionary<string, string>(test.Given) { [fact.Name] = value } };

    private static IEnumerable<RuleText> Change(RuleText rule) => rule.Id switch
    {
        "evidence" => [rule with { When = new Dictionary<string, string>(rule.When) { [Vocabulary.PartnerTier.Name] = "not(\"platinum\")" } }],
        "large" => [rule with { When = new Dictionary<string, string> { [Vocabulary.Amount.Name] = "> 250000" } }],
        "incumbent-large" => [rule with { When = new Dictionary<string, string>(rule.When) { [Vocabulary.Amount.Name] = "> 250000" } }],
        "direct-fresh" => [rule with { When = new Dictionary<string, string>(rule.When) { [Vocabulary.DirectAge.Name] = "<= 60" }, ForVendor = "The direct opportunity is {direct_opportunity_age} days old, so it is not older than 60 days." }],
        "direct-moving" => [rule with { When = new Dictionary<string, string>(rule.When) { [Vocabulary.DirectAge.Name] = "> 60" }, ForVendor = "The direct opportunity is older than 60 days, but its stage moved {days_since_stage_moved} days ago. Decide: protect the partner, share, or refuse." }],
        "approve" =>
        [
            new RuleText
            {
                Id = "newcomer", When = new Dictionary<string, string> { [Vocabulary.PartnerTier.Name] = "\"registered\"", [Vocabulary.PartnerDays.Name] = "<= 180" }, Outcome = Outcome.Approve, ProtectionDays = 90, ExtensionLimit = 1,
                ForPartner = "Approved: in your first half year every registration is protected for {protection_days} days, until {protected_until}.", ForVendor = "A newcomer's registration: protected for {protection_days} days.",
                Says = new Dictionary<string, string>
                {
                    ["ar"] = "مقبول: في نصف عامكم الأول يُحمى كل تسجيل {protection_days} يومًا، حتى {protected_until}.",
                    ["de"] = "Genehmigt: Im ersten halben Jahr ist jede Registrierung {protection_days} Tage geschützt, bis {protected_until}.",
                },
            },
            rule,
        ],
        _ => [rule],
    };
}
