using Trellis.Incentives.Web;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>Shows on a partner's page what it earned.</summary>
internal sealed class EarningsPanel : IPartnerPanel
{
    public string Title => "Earnings";

    public int Order => 300;

    public Permission? Permission => IncentivesPermissions.View;

    public Type Component => typeof(PartnerEarnings);
}
