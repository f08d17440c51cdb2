using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Insights;

/// <summary>How a deal's status looks in short lists.</summary>
internal static class DealLook
{
    public static Tone Tone(DealState state) => state switch
    {
        DealState.Approved or DealState.Converted or DealState.Won => Ui.Tone.Good,
        DealState.Rejected or DealState.Revoked or DealState.Lost => Ui.Tone.Bad,
        DealState.InfoRequested or DealState.Expired => Ui.Tone.Warning,
        DealState.Submitted or DealState.InReview => Ui.Tone.Info,
        _ => Ui.Tone.Neutral,
    };

    public static string Label(DealState state) => state == DealState.InfoRequested ? "Returned – information needed" : Words.Label(state);
}
