using Trellis.Accounts;
using Trellis.Deals;
using Trellis.Identity;
using Trellis.Incentives;
using Trellis.Insights;
using Trellis.Kernel;
using Trellis.Partners;

namespace Trellis.Host;

/// <summary>The modules of this program, from the lowest to the highest (docs/arrows.txt).</summary>
internal static class Installed
{
    public static ModuleList Modules() => new(
        new IdentityModule(),
        new PartnersModule(),
        new AccountsModule(),
        new DealsModule(),
        new IncentivesModule(),
        new InsightsModule());
}
