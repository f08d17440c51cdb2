using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Deals.Life;

internal static class LifePermissions
{
    public const string TakeInMailCode = "deals.take_in_mail";
    public const string ConnectMailboxCode = "deals.connect_mailbox";

    public static readonly Permission TakeInMail = new(TakeInMailCode, "Hand over forwarded mail, from which drafts are made", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission ConnectMailbox = new(ConnectMailboxCode, "Set the mailbox from which forwarded mail is read", Roles.Administrator, Roles.ChannelOperations);
}
