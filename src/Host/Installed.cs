using Trellis.Accounts;
using Trellis.Deals;
using Trellis.Identity;
using Trellis.Incentives;
using Trellis.Insights;
using Trellis.Kernel;
using Trellis.Notifications;
using Trellis.Partners;
using Trellis.Receipts;

namespace Trellis.Host;

/// <summary>The modules of this program, from the lowest to the highest (docs/arrows.txt); tests of the mechanisms add one of their own on top.</summary>
internal static class Installed
{
    public static ModuleList Modules(params Module[] extra) => new(
    [
        new IdentityModule(),
        new NotificationsModule(),
        new AccountsModule(),
        new PartnersModule(),
        new ReceiptsModule(),
        new DealsModule(),
        new IncentivesModule(),
        new InsightsModule(),
        .. extra,
    ]);
}
