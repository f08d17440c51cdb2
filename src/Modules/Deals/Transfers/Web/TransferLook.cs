using Trellis.Deals.Published;
using Trellis.Ui;

namespace Trellis.Deals.Transfers.Web;

/// <summary>How transfers look: hues and words.</summary>
internal static class TransferLook
{
    public static Tone Tone(TransferState state) => state switch
    {
        TransferState.Proposed => Ui.Tone.Info,
        TransferState.Accepted => Ui.Tone.Good,
        TransferState.Declined => Ui.Tone.Warning,
        _ => Ui.Tone.Neutral,
    };

    public static readonly Option[] States =
        [new("proposed", "Waits for the other partner"), new("accepted", "Taken over"), new("declined", "Not taken over"), new("withdrawn", "Proposal taken back"), new("lapsed", "The deal ended first")];

    public static string Icon(TransferState state) => state switch
    {
        TransferState.Proposed => "clock",
        TransferState.Accepted => "circle-check",
        TransferState.Declined => "circle-x",
        _ => "arrow-back-up",
    };

    /// <summary>For the reader's side: it comes, it goes, or it went by.</summary>
    public static string Label(TransferLine line) => line.State switch
    {
        TransferState.Proposed => line.Receiving ? "Waits for your answer" : "Waits for the other partner",
        TransferState.Accepted => line.Receiving ? "Taken over by you" : "Taken over",
        TransferState.Declined => "Not taken over",
        TransferState.Withdrawn => "Proposal taken back",
        _ => "The deal ended first",
    };
}
