using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Conflicts;

/// <summary>Who may see, raise and settle conflicts.</summary>
internal static class ConflictsPermissions
{
    public const string ViewCode = "deals.view_conflicts";
    public const string RaiseCode = "deals.raise_conflict";
    public const string SettleCode = "deals.settle_conflict";

    public static readonly Permission View = new(ViewCode, "See conflicts over customers and credit", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Raise = new(RaiseCode, "Raise a conflict, state a side, appeal", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.PartnerAdmin, Roles.PartnerSales);
    public static readonly Permission Settle = new(SettleCode, "Mediate and settle conflicts", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive);
    public static readonly Permission Clock = new("deals.conflict_clock", "Open, escalate and close conflicts by rule and clock");

    public static readonly Permission[] All = [View, Raise, Settle, Clock];
}
