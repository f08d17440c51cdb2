using Trellis.Deals.Published;
using Trellis.Insights.Web;
using Trellis.Kernel;

namespace Trellis.Insights;

/// <summary>Who gets credit for a deal, on the deal's own page.</summary>
internal sealed class CreditPanel : IDealPanel
{
    public string Title => "Credit";
    public int Order => 10;
    public Permission? Permission => InsightsPermissions.View;
    public Type Component => typeof(DealCreditView);
}
