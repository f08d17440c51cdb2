using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Conflicts.Web;

/// <summary>How conflicts look: hues, icons, choices.</summary>
internal static class ConflictLook
{
    public static Tone Tone(ConflictState state) => state switch
    {
        ConflictState.Suspected => Ui.Tone.Info,
        ConflictState.Disputed => Ui.Tone.Bad,
        ConflictState.Mediated => Ui.Tone.Warning,
        _ => Ui.Tone.Good,
    };

    public static string Icon(ConflictState state) => state switch
    {
        ConflictState.Suspected => "search",
        ConflictState.Disputed => "alert-triangle",
        ConflictState.Mediated => "message",
        _ => "circle-check",
    };

    public static readonly Option[] States = [new("open", "Open"), .. new[] { ConflictState.Suspected, ConflictState.Disputed, ConflictState.Mediated, ConflictState.Settled }.Select(s => new Option(Words.Of(s), Words.Label(s)))];

    public static readonly Option[] Kinds = [.. Enum.GetValues<ConflictKind>().Select(k => new Option(Words.Of(k), ConflictWords.Kind(k)))];

    public static readonly Option[] Clocks = [new("late", "Past its promise"), new("escalated", "Escalated")];

    public static readonly Option[] Because = [new("", "–"), .. Enum.GetValues<Published.OverrideReason>().Select(r => new Option(Words.Of(r), Published.OverrideReasons.Label(r)))];

    public static Option[] Outcomes(ConflictDetail c) => [.. ConflictLifecycle.Outcomes(c.Kind).Select(o => new Option(Words.Of(o), Label(c, o), Effect(c.Kind, o)))];

    private static string Label(ConflictDetail c, ConflictOutcome outcome) => (c.Kind, outcome) switch
    {
        (ConflictKind.PartnerPartner, ConflictOutcome.ClaimantHolds) => $"{c.Sides[0].Name} holds the protection",
        (ConflictKind.PartnerPartner, ConflictOutcome.OtherHolds) when c.Sides.Count > 1 => $"{c.Sides[1].Name} holds the protection",
        _ => ConflictWords.Outcome(c.Kind, outcome),
    };

    private static string Effect(ConflictKind kind, ConflictOutcome outcome) => (kind, outcome) switch
    {
        (ConflictKind.Credit, ConflictOutcome.Shared) => "The share below becomes the claimant’s.",
        (ConflictKind.Refusal, ConflictOutcome.ClaimantHolds) => "The registration is approved and protected from today.",
        (_, ConflictOutcome.ClaimantHolds) => "Its registration is approved; the other one ends.",
        (ConflictKind.PartnerDirect, ConflictOutcome.OtherHolds) => "The registration is refused or its protection revoked.",
        (ConflictKind.Refusal, _) => "Nothing changes.",
        (_, ConflictOutcome.OtherHolds) => "The second registration stands; the first one ends.",
        (_, ConflictOutcome.Shared) => "Whoever is protected keeps it; the other joins its team with the share below.",
        (_, ConflictOutcome.NoneHolds) => "Both registrations end.",
        _ => "Every registration stays as it is.",
    };
}
