using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Relations.Web;

/// <summary>How customer relations look: hues, words, choices.</summary>
internal static class RelationLook
{
    public static readonly Option[] Holders =
    [
        new(Words.Of(RelationHolder.Vendor), "We, the vendor"), new(Words.Of(RelationHolder.Partner), "A partner"), new(Words.Of(RelationHolder.Both), "Both: a partner and we"), new(Words.Of(RelationHolder.None), "Nobody"),
    ];

    public static readonly Option[] States = [.. Enum.GetValues<RelationClaimState>().Select(s => new Option(Words.Of(s), Label(s)))];

    public static string Label(RelationHolder holder) => holder switch
    {
        RelationHolder.Vendor => "Held by the vendor",
        RelationHolder.Partner => "Held by a partner",
        RelationHolder.Both => "Held by a partner and the vendor",
        _ => "Nobody is recorded",
    };

    public static Tone Tone(RelationHolder holder) => holder switch { RelationHolder.None => Ui.Tone.Neutral, RelationHolder.Vendor => Ui.Tone.Info, _ => Ui.Tone.Good };

    public static string Label(RelationClaimState state) => state switch
    {
        RelationClaimState.Waiting => "Waits for an answer",
        RelationClaimState.Confirmed => "Confirmed",
        RelationClaimState.Refused => "Refused",
        _ => "Withdrawn",
    };

    public static Tone Tone(RelationClaimState state) => state switch
    {
        RelationClaimState.Waiting => Ui.Tone.Warning,
        RelationClaimState.Confirmed => Ui.Tone.Good,
        RelationClaimState.Refused => Ui.Tone.Bad,
        _ => Ui.Tone.Neutral,
    };

    public static string Icon(RelationClaimState state) => state switch { RelationClaimState.Waiting => "clock", RelationClaimState.Confirmed => "check", _ => "x" };

    public static string Label(RelationBasis basis) => basis == RelationBasis.Claimed ? "Claimed on a deal and confirmed" : "Declared by us";
}
