using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

internal static class LifePermissions
{
    public const string TakeInMailCode = "deals.take_in_mail";

    public static readonly Permission TakeInMail = new(TakeInMailCode, "Hand over forwarded mail, from which drafts are made", Roles.Administrator, Roles.ChannelOperations);
}
