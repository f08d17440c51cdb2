using Trellis.Ui;

namespace Trellis.Deals.Handovers.Web;

/// <summary>How handovers look: hues and words.</summary>
internal static class HandoverLook
{
    public static readonly Option[] Systems = [new("crm", "CRM"), new("erp", "ERP")];

    public static readonly Option[] States =
        [new("waiting", "Waits to be fetched"), new("taken", "Fetched, not answered yet"), new("done", "Is there"), new("failed", "Was not taken there"), new("skipped", "Need not go over"), new("moot", "The deal ended first")];

    public static string Label(ConnectedKind system) => system == ConnectedKind.Crm ? "CRM" : "ERP";

    public static string Label(HandoverState state) => state switch
    {
        HandoverState.Waiting => "Waits to be fetched",
        HandoverState.Taken => "Fetched, not answered yet",
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
