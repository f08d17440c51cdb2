using Trellis.Insights.Web;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>What a partner contributed, on its 360° page.</summary>
internal sealed class ContributionPanel : IPartnerPanel
{
    public string Title => "Contribution";
    public int Order => 10;
    public Permission? Permission => InsightsPermissions.View;
    public Type Component => typeof(PartnerFigures);
}
