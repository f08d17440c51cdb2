using System.Globalization;
using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Insights.Flow;

/// <summary>Figures of the flow as pages write them.</summary>
internal static class FlowLook
{
    public static readonly FlowStep[] Shown =
    [
        FlowStep.Registered, FlowStep.Decided, FlowStep.Approved, FlowStep.Rejected, FlowStep.Converted, FlowStep.Dropped, FlowStep.Won, FlowStep.Lost, FlowStep.Expired, FlowStep.Withdrawn, FlowStep.Revoked,
    ];

    public static string Label(FlowStep step) => step switch
    {
        FlowStep.Registered => "Registered",
        FlowStep.Decided => "Decided",
        FlowStep.Approved => "Approved",
        FlowStep.Rejected => "Rejected",
        FlowStep.Converted => "Became an opportunity",
        FlowStep.Dropped => "Ended without an opportunity",
        FlowStep.Won => "Won",
        FlowStep.Lost => "Lost",
        FlowStep.Closed => "Closed after a link",
        FlowStep.Expired => "Expired",
        FlowStep.Withdrawn => "Withdrawn",
        _ => "Revoked",
    };

    public static string Stage(FlowStep step) => step switch
    {
        FlowStep.Decided => "From registered to decided",
        FlowStep.Converted => "From decided to opportunity",
        _ => "From opportunity to won or lost",
    };

    public static string Motion(string word) => word == FlowDay.NoMotion ? "No selling motion" : Words.Parse<Motion>(word) is { } motion ? PartnerWords.Label(motion) : word;

    public static string Rate(double? rate) => rate is { } known ? known.ToString("P0", CultureInfo.CurrentCulture) : T("Too few to say");

    public static string Before(double? rate) => rate is { } known ? T($"{known:P0} in the period before") : T("Too few to say for the period before");

    public static string Days(int? days) => days is { } known ? T(known, "{0} day", "{0} days") : T("Too few to say");

    public static IReadOnlyList<Option> Motions => [new("", "All motions"), .. Trellis.Deals.Published.DealMotion.Selling.Select(m => new Option(Words.Of(m), PartnerWords.Label(m))), new(FlowDay.NoMotion, "No selling motion")];

    public static IReadOnlyList<Option> Tiers => [new("", "All tiers"), .. Enum.GetValues<Tier>().Select(t => new Option(Words.Of(t), Words.Label(t)))];
}
