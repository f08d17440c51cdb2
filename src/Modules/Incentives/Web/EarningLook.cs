using Trellis.Deals.Published;
using Trellis.Incentives.Published;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Incentives.Web;

/// <summary>How states of this module look on pages.</summary>
internal static class EarningLook
{
    public static Tone Tone(EarningState state) => state switch
    {
        EarningState.Paid or EarningState.Payable => Ui.Tone.Good,
        EarningState.Accrued or EarningState.Approved or EarningState.InBatch => Ui.Tone.Info,
        EarningState.OnHold or EarningState.Disputed => Ui.Tone.Warning,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(PlanState state) => state switch { PlanState.Published => Ui.Tone.Good, PlanState.Draft => Ui.Tone.Info, _ => Ui.Tone.Neutral };

    public static Tone Tone(PayoutState state) => state switch { PayoutState.Settled => Ui.Tone.Good, PayoutState.Draft => Ui.Tone.Info, _ => Ui.Tone.Neutral };

    public static string Label(EarningState state) => state == EarningState.InBatch ? "In payout" : Words.Label(state);

    /// <summary>The states, and first the groups that the totals count.</summary>
    public static readonly Option[] States =
    [
        new("pending", "Pending (all that waits)"), new("payable", "Payable or in payout"), new("paid", "Paid"),
        .. new[] { EarningState.Accrued, EarningState.Approved, EarningState.OnHold, EarningState.Disputed, EarningState.Reversed }.Select(s => new Option(Words.Of(s), Label(s))),
    ];

    public static string How(EarningItem e) => $"{EarningPage.Percent(e.ShareBasisPoints)} of the deal × {EarningPage.Percent(e.RateBasisPoints)}";

    public static string Terms(EarningItem e) => $"{Words.Label(e.Role)}, {Words.Label(e.Tier)}, plan {e.PlanNumber}";

    public static string RoleHelp(DealRole role) => role switch
    {
        DealRole.Source => "Registered the deal",
        DealRole.Influence => "Advised the customer",
        DealRole.Resell => "Sells to the customer",
        DealRole.Deliver => "Implements it",
        DealRole.Integrate => "Connects it with other systems",
        DealRole.Marketplace => "Transacts it through a marketplace",
        _ => "Keeps the customer",
    };

    public static IReadOnlyList<WhyLine> WhyLines(IReadOnlyList<WhyStep> steps) => [.. steps.Select((s, i) => new WhyLine(s.Step, s.Given, s.Outcome, i == steps.Count - 1 ? Ui.Tone.Good : Ui.Tone.Neutral))];
}
