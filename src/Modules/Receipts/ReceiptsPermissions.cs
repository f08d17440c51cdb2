using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Receipts;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class ReceiptsPermissions
{
    public const string ViewCode = "receipts.view";
    public const string ManageCode = "receipts.manage";

    /// <summary>A portal actor with it sees its own partner's receipts, nothing else.</summary>
    public static readonly Permission View = new(ViewCode, "See receipts",
        Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Finance, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales, Roles.PartnerFinance);

    public static readonly Permission Manage = new(ManageCode, "Change the signing key and erase personal data from receipts", Roles.Administrator);

    /// <summary>Only Trellis itself seals: no role has it.</summary>
    public static readonly Permission Seal = new("receipts.seal", "Give receipts their places in the chain");

    public static readonly Permission[] All = [View, Manage, Seal];
}
