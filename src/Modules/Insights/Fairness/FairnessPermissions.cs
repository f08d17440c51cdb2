using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Insights.Fairness;

internal static class FairnessPermissions
{
    public const string ViewCode = "insights.fairness";

    public static readonly Permission View = new(ViewCode, "See the fairness and promise report; a partner where the vendor agrees",
        Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Finance, Roles.Executive, Roles.PartnerAdmin, Roles.PartnerSales, Roles.PartnerFinance);

    public static readonly Permission Manage = new("insights.manage_fairness", "Publish the fairness report to partners and say what is promised", Roles.Administrator, Roles.ChannelOperations);
}
