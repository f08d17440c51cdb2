using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Incentives;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class IncentivesPermissions
{
    public const string ViewCode = "incentives.view";
    public const string ViewPlansCode = "incentives.view_plans";
    public const string ViewLedgerCode = "incentives.view_ledger";
    public const string ManagePlansCode = "incentives.manage_plans";
    public const string PayCode = "incentives.pay";

    /// <summary>A portal actor with it sees its own partner's earnings, nothing else.</summary>
    public static readonly Permission View = new(ViewCode, "See earnings",
        Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Finance, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales, Roles.PartnerFinance);

    public static readonly Permission ViewPlans = new(ViewPlansCode, "See incentive plans", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Finance, Roles.Executive);
    public static readonly Permission ViewLedger = new(ViewLedgerCode, "See the ledger", Roles.Administrator, Roles.ChannelOperations, Roles.Finance);
    public static readonly Permission ManagePlans = new(ManagePlansCode, "Write and publish incentive plans", Roles.Administrator, Roles.ChannelOperations, Roles.Finance);
    public static readonly Permission Approve = new("incentives.approve", "Approve, hold and take back earnings", Roles.Administrator, Roles.ChannelOperations, Roles.Finance);
    public static readonly Permission Pay = new(PayCode, "Make payouts", Roles.Administrator, Roles.Finance);
    public static readonly Permission Dispute = new("incentives.dispute", "Dispute an earning", Roles.PartnerAdmin, Roles.PartnerFinance);

    /// <summary>Only Trellis itself accrues and releases: no role has it.</summary>
    public static readonly Permission Accrue = new("incentives.accrue", "Compute earnings");

    public static readonly Permission[] All = [View, ViewPlans, ViewLedger, ManagePlans, Approve, Pay, Dispute, Accrue];
}
