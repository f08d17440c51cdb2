using Trellis.Kernel;
using Trellis.Partners.Published;
using static Trellis.Partners.PartnerTrigger;
using static Trellis.Partners.Published.PartnerState;

namespace Trellis.Partners;

/// <summary>What moves a partner along its lifecycle.</summary>
internal enum PartnerTrigger
{
    Apply,
    Accept,
    Decline,
    Activate,
    Engage,
    FlagAtRisk,
    MarkDormant,
    Suspend,
    Reinstate,
    Offboard,
    KeepOn,
    End,
    Reopen,
}

internal static class PartnerLifecycle
{
    public static readonly Machine<PartnerState, PartnerTrigger> Machine = new("partners", [Reinstate, KeepOn],
        (Prospect, Apply, Applicant),
        (Prospect, Accept, Onboarding),
        (Prospect, Decline, Former),
        (Applicant, Accept, Onboarding),
        (Applicant, Decline, Former),
        (Onboarding, Activate, Activated),
        (Onboarding, Suspend, Suspended),
        (Onboarding, Offboard, Offboarding),
        (Activated, Engage, Active),
        (Activated, FlagAtRisk, AtRisk),
        (Activated, MarkDormant, Dormant),
        (Activated, Suspend, Suspended),
        (Activated, Offboard, Offboarding),
        (Active, FlagAtRisk, AtRisk),
        (Active, MarkDormant, Dormant),
        (Active, Suspend, Suspended),
        (Active, Offboard, Offboarding),
        (AtRisk, Engage, Active),
        (AtRisk, MarkDormant, Dormant),
        (AtRisk, Suspend, Suspended),
        (AtRisk, Offboard, Offboarding),
        (Dormant, Engage, Active),
        (Dormant, Suspend, Suspended),
        (Dormant, Offboard, Offboarding),
        (Suspended, Reinstate, Active),
        (Suspended, Reinstate, Onboarding),
        (Suspended, Reinstate, Activated),
        (Suspended, Reinstate, AtRisk),
        (Suspended, Reinstate, Dormant),
        (Suspended, Offboard, Offboarding),
        (Offboarding, KeepOn, Active),
        (Offboarding, KeepOn, Onboarding),
        (Offboarding, KeepOn, Activated),
        (Offboarding, KeepOn, AtRisk),
        (Offboarding, KeepOn, Dormant),
        (Offboarding, KeepOn, Suspended),
        (Offboarding, End, Former),
        (Former, Reopen, Prospect));

    /// <summary>Whether the partner is owed an explanation: everything that takes something away, and what calls an announced end off.</summary>
    public static bool NeedsReason(PartnerTrigger trigger) => trigger is Decline or FlagAtRisk or MarkDormant or Suspend or Offboard or KeepOn or End;

    /// <summary>What had brought the partner where this trigger leads it back from; null where it leads on.</summary>
    public static PartnerTrigger? Reverses(PartnerTrigger trigger) => trigger switch
    {
        Reinstate => Suspend,
        KeepOn => Offboard,
        _ => null,
    };

    /// <summary>What is to be expected next, in words.</summary>
    public static string Next(PartnerState state) => state switch
    {
        Prospect => "The partner applies, or you accept it directly.",
        Applicant => "The vendor accepts or declines the application.",
        Onboarding => "Activation, once agreement and first training are done.",
        Activated => "Becomes active with the first deal or campaign.",
        Active => "Regular work; reviewed each quarter.",
        AtRisk => "The partner manager agrees a plan with the partner, or it becomes dormant.",
        Dormant => "The first new activity makes it active again; otherwise offboarding.",
        Suspended => "Reinstated when the reason is settled, or offboarded.",
        Offboarding => "Open deals are handed over, then the partnership ends.",
        _ => "Nothing; the partnership can be reopened.",
    };
}
