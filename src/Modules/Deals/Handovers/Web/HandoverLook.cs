using Trellis.Deals.Handovers.Push;
using Trellis.Ui;

namespace Trellis.Deals.Handovers.Web;

/// <summary>How handovers look: hues and words.</summary>
internal static class HandoverLook
{
    public static readonly Option[] Systems = [new("crm", "CRM"), new("erp", "ERP")];

    public static readonly Option[] Kinds = [new("deal", "The deal itself"), new("update", "Deal update")];

    public static readonly Option[] States =
        [new("waiting", "Waits to go over"), new("taken", "On its way, not answered yet"), new("done", "Is there"), new("failed", "Was not taken there"), new("skipped", "Need not go over"), new("moot", "The deal ended first")];

    public static string Label(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Taken => "Taken",
        AttemptOutcome.Refused => "Not taken",
        _ => "Asked again later",
    };

    public static Tone Tone(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Taken => Ui.Tone.Good,
        AttemptOutcome.Refused => Ui.Tone.Bad,
        _ => Ui.Tone.Warning,
    };

    public static string Label(ConnectedKind system) => system == ConnectedKind.Crm ? "CRM" : "ERP";

    public static string Label(HandoverState state) => state switch
    {
        HandoverState.Waiting => "Waits to go over",
        HandoverState.Taken => "On its way, not answered yet",
        HandoverState.Done => "Is there",
        HandoverState.Failed => "Was not taken there",
        HandoverState.Skipped => "Need not go over",
        _ => "The deal ended first",
    };

    public static Tone Tone(HandoverState state) => state switch
    {
        HandoverState.Waiting or HandoverState.Taken => Ui.Tone.Info,
        HandoverState.Done => Ui.Tone.Good,
        HandoverState.Failed => Ui.Tone.Bad,
        _ => Ui.Tone.Neutral,
    };

    public static string Icon(HandoverState state) => state switch
    {
        HandoverState.Waiting => "clock",
        HandoverState.Taken => "transfer-out",
        HandoverState.Done => "circle-check",
        HandoverState.Failed => "alert-triangle",
        _ => "arrow-back-up",
    };
}
