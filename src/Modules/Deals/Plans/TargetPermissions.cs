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
