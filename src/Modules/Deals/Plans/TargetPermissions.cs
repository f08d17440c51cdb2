using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Plans;

/// <summary>Who may read and work on target lists.</summary>
internal static class TargetPermissions
{
    public const string ViewCode = "deals.view_targets";
    public const string EditCode = "deals.edit_targets";

    public static readonly Permission View = new(ViewCode, "See target lists shared with partners", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Marketing, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Edit = new(EditCode, "Work on target lists shared with partners", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Marketing, Roles.PartnerAdmin, Roles.PartnerSales);

    public static readonly Permission[] All = [View, Edit];
}

/// <summary>Every refusal about target lists.</summary>
internal static class TargetProblems
{
    public static Problem NoList() => Problem.Missing("target list");

    public static Problem NoTarget() => Problem.Missing("company on this list");

    public static Problem StaffOnly() => new(ProblemKind.Denied, "targets.vendor_only", "The vendor’s people begin and end target lists; ask your partner manager.");

    public static Problem Ended() => new(ProblemKind.Conflict, "targets.ended", "This list has ended and is only read.");

    public static Problem AlreadyThere() => new(ProblemKind.Conflict, "targets.already_there", "This company stands on the list already.");

    public static Problem Full() => new(ProblemKind.Conflict, "targets.full", $"A list holds at most {AddTarget.Most} companies. Begin another one.");

    public static Problem NotYourDeal() => Problem.Invalid("deal", "Choose a registration of the partner for this company.");
}
