using Trellis.Deals.Published;
using Trellis.Deals.Rules;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Web;

/// <summary>How drafts, runs and outcomes look: hues, words, choices.</summary>
internal static class DraftLook
{
    public static Tone Tone(RuleDraftState state) => state switch
    {
        RuleDraftState.Draft => Ui.Tone.Info,
        RuleDraftState.Simulated => Ui.Tone.Warning,
        RuleDraftState.Published => Ui.Tone.Good,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(Outcome outcome) => outcome switch { Outcome.Approve => Ui.Tone.Good, Outcome.Review => Ui.Tone.Info, _ => Ui.Tone.Bad };

    public static string Icon(Outcome outcome) => outcome switch { Outcome.Approve => "shield-check", Outcome.Review => "clock", _ => "circle-x" };

    public static Tone Tone(Effect effect) => effect switch { Effect.Gains => Ui.Tone.Good, Effect.Loses => Ui.Tone.Bad, _ => Ui.Tone.Neutral };

    public static string Icon(Effect effect) => effect switch { Effect.Gains => "trending-up", Effect.Loses => "trending-down", _ => "arrows-exchange" };

    public static string Label(Effect effect) => effect switch { Effect.Gains => "Partner gains", Effect.Loses => "Partner loses", _ => "Otherwise" };

    public static Tone Tone(ChangeKind kind) => kind switch { ChangeKind.Added => Ui.Tone.Good, ChangeKind.Removed => Ui.Tone.Bad, ChangeKind.Changed => Ui.Tone.Info, _ => Ui.Tone.Neutral };

    public static TabLink[] Tabs(RuleDraftDetail draft, string current)
    {
        var at = $"/app/rules/drafts/{draft.Id}";
        return
        [
            new("Table", at, current == "table", Icon: "table"), new("Text file", at + "/text", current == "text", Icon: "file-text"),
            new("Changes", at + "/changes", current == "changes", Icon: "git-compare"), new("Simulate and publish", at + "/simulation", current == "simulation", Icon: "player-play"),
        ];
    }

    public static Crumb[] Path(params Crumb[] last) => [new("Rules of engagement", "/app/rules"), .. last];

    public static readonly Option[] Outcomes = [.. Enum.GetValues<Outcome>().Select(o => new Option(Words.Of(o), Words.Label(o)))];

    public static readonly Option[] Policies =
    [
        new("first", "First: the first rule that holds decides"), new("unique", "Unique: exactly one rule may hold"), new("collect", "Collect: all rules that hold count together"),
    ];

    public static readonly Option[] Reviewers = [.. TableChecks.Reviewers.Select(r => new Option(r, Roles.Label(r)))];

    /// <summary>What a term says in a difference: <c>approve, 90 days</c>.</summary>
    public static string Said(Outcome outcome, int? days) => T(Words.Label(outcome)) + (days is { } d ? ", " + T(d, "{0} day", "{0} days") : "");

    public static string Label(FactKind fact) => fact.Head ?? string.Intern(char.ToUpperInvariant(fact.Name[0]) + fact.Name[1..].Replace('_', ' '));
}
