using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Insights;

internal static class InsightsPermissions
{
    public const string HomeCode = "insights.home";
    public const string ViewCode = "insights.view";
    public const string RecordTouchCode = "insights.record_touch";

    public static readonly Permission Home = new(HomeCode, "See the home page", Roles.All);
    public static readonly Permission View = new(ViewCode, "See figures; a partner sees its own", Roles.All);
    public static readonly Permission RecordTouch = new(RecordTouchCode, "Record what a partner did for a deal",
        Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.DirectSeller, Roles.PartnerAdmin, Roles.PartnerSales, Roles.ReferralPartner);
    public static readonly Permission ConfirmTouch = new("insights.confirm_touch", "Confirm what a partner says it did",
        Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
}
