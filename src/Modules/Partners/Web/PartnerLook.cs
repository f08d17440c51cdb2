using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Partners.Web;

/// <summary>How states and choices of this module look on pages.</summary>
internal static class PartnerLook
{
    public static Tone Tone(PartnerState state) => state switch
    {
        PartnerState.Activated or PartnerState.Active => Ui.Tone.Good,
        PartnerState.AtRisk or PartnerState.Dormant => Ui.Tone.Warning,
        PartnerState.Suspended => Ui.Tone.Bad,
        PartnerState.Applicant or PartnerState.Onboarding => Ui.Tone.Info,
        _ => Ui.Tone.Neutral,
    };

    public static Tone Tone(MotionState state) => state switch
    {
        MotionState.Active => Ui.Tone.Good,
        MotionState.Paused => Ui.Tone.Warning,
        MotionState.Ended => Ui.Tone.Neutral,
        _ => Ui.Tone.Info,
    };

    public static string Icon(Tier tier) => tier switch { Tier.Platinum => "diamond", Tier.Gold => "medal", Tier.Silver => "award", _ => "certificate" };

    public static Option[] Options<T>(Func<T, string>? label = null) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(v => new Option(Words.Of(v), label?.Invoke(v) ?? Words.Label(v)))];

    public static readonly Option[] Families = [.. Options<ValueFamily>(PartnerWords.Label)];
    public static readonly Option[] Types = [.. Options<PartnerType>(PartnerWords.Label).OrderBy(o => o.Label, StringComparer.InvariantCulture)];
    public static readonly Option[] Motions = Options<Motion>(PartnerWords.Label);
    public static readonly Option[] Bands = Options<RevenueBand>(PartnerWords.Label);
    public static Option[] AllCountries => [.. Countries.InLanguage().Select(c => new Option(c.Code, c.Name))];

    /// <summary>What a trigger does, under its name.</summary>
    public static string Help(PartnerTrigger trigger) => trigger switch
    {
        PartnerTrigger.Apply => "The partner has applied.",
        PartnerTrigger.Accept => "Welcome the partner: onboarding begins.",
        PartnerTrigger.Decline => "Not now. The partner reads the reason.",
        PartnerTrigger.Activate => "Agreement and first training are done.",
        PartnerTrigger.Engage => "The partner works with us again or for the first time.",
        PartnerTrigger.FlagAtRisk => "Something is wrong; the manager agrees a plan.",
        PartnerTrigger.MarkDormant => "Nothing happens any more. Motions stay as they are.",
        PartnerTrigger.Suspend => "Nobody can be invited and no deal registered until it is settled.",
        PartnerTrigger.Reinstate => "The reason is settled.",
        PartnerTrigger.Offboard => "The partnership is going to end; open deals are handed over.",
        PartnerTrigger.KeepOn => "The partnership goes on after all.",
        PartnerTrigger.End => "All motions end today.",
        _ => "Begin again as a prospect.",
    };
}
