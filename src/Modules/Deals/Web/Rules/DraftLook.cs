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

    public static Option[] Outcomes => [.. Enum.GetValues<Outcome>().Select(o => new Option(Words.Of(o), T(Words.Label(o))))];

    public static Option[] Policies =>
    [
        new("first", T("First: the first rule that holds decides")), new("unique", T("Unique: exactly one rule may hold")), new("collect", T("Collect: all rules that hold count together")),
    ];

    /// <summary>Who decides a rule that asks a person, or why one refuses.</summary>
    public static Option[] Who =>
    [
        .. TableChecks.Reviewers.Select(r => new Option(r, T($"Decided by: {T(Roles.Label(r))}"))),
        .. DealLook.ReasonOptions.Select(o => o with { Label = T($"Reason: {T(o.Label)}") }),
    ];

    /// <summary>What a term says in a difference: <c>approve, 90 days</c>.</summary>
    public static string Said(Outcome outcome, int? days) => T(Words.Label(outcome)) + (days is { } d ? ", " + T(d, "{0} day", "{0} days") : "");

    public static string Label(FactKind fact) => fact.Head ?? Phrases.Head(fact.Name);

    /// <summary>What differs between two tables: <c>when amount</c> is “Condition: Amount”.</summary>
    public static string Field(string field, IReadOnlyList<OwnFact>? own) => field.Split(' ', 2) switch
    {
        ["when", var fact] => T($"Condition: {Phrases.Head(fact, own)}"),
        ["given", var fact] => T($"Given: {Phrases.Head(fact, own)}"),
        ["then", var name] => T($"Then: {Phrases.Head(name.Replace(' ', '_'))}"),
        ["says", var language] => T($"The partner reads, in {language}"),
        ["protection", var tier] when Vocabulary.Tiers.Contains(tier) => T($"Days of protection: {Phrases.Head(tier)}"),
        _ => Phrases.Head(field.Replace(' ', '_')),
    };

    /// <summary>What else differs, as a run has kept it: <c>reviewer partner_manager → executive; credit % 25 → 50</c>.</summary>
    public static string Besides(string kept) => string.Join("; ", kept.Split("; ").Select(part => part.IndexOf(" → ", StringComparison.Ordinal) is > 0 and var arrow && part.LastIndexOf(' ', arrow - 1) is > 0 and var end
        ? Phrases.Head(part[..end].Replace(' ', '_')) + part[end..] : Retell(part)));
}
