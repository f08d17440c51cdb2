using Trellis.Deals.Workspace;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Deals.Plans.Web;

/// <summary>How target lists look: hues, words, choices.</summary>
internal static class TargetLook
{
    public static readonly Option[] States = [.. Enum.GetValues<TargetState>().Select(s => new Option(Words.Of(s), Label(s)))];

    public static readonly Option[] Sides = [new(Words.Of(DealSide.Vendor), "Vendor"), new(Words.Of(DealSide.Partner), "Partner")];

    public static string Label(TargetState state) => state switch
    {
        TargetState.ToApproach => "To approach",
        TargetState.Contacted => "Contacted",
        TargetState.Meeting => "Meeting",
        TargetState.Deal => "Deal",
        _ => "Dropped",
    };

    public static Tone Tone(TargetState state) => state switch
    {
        TargetState.Deal => Ui.Tone.Good,
        TargetState.Contacted or TargetState.Meeting => Ui.Tone.Info,
        TargetState.ToApproach => Ui.Tone.Warning,
        _ => Ui.Tone.Neutral,
    };
}
