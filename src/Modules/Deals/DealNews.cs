using Trellis.Notifications.Published;

namespace Trellis.Deals;

/// <summary>What people are told about deals. Partners get the mails that need them at once and the rest with the mail of the day.</summary>
internal static class DealNews
{
    private const string Group = "Deals";

    public static readonly NotificationKind Review = new("deals.review_waiting", Group, "A registration waits for my decision", ByMail.AtOnce, null);
    public static readonly NotificationKind Decided = new("deals.decided", Group, "My registration was decided", null, ByMail.AtOnce);
    public static readonly NotificationKind Asked = new("deals.information_asked", Group, "A question about my registration", null, ByMail.AtOnce);
    public static readonly NotificationKind Invited = new("deals.invited", Group, "An invitation to a deal", null, ByMail.AtOnce);
    public static readonly NotificationKind Expiring = new("deals.expiring_soon", Group, "The protection of my deal ends soon", null, ByMail.AtOnce);

    public static readonly NotificationKind Message = new("deals.message", Group, "A message on a deal on which I work", ByMail.AtOnce, ByMail.AtOnce);
    public static readonly NotificationKind Note = new("deals.internal_note", Group, "An internal note on a deal on which I work", ByMail.AtOnce, null);
    public static readonly NotificationKind Team = new("deals.team_changed", Group, "The team of a deal on which I work has changed", ByMail.AtOnce, ByMail.AtOnce);
    public static readonly NotificationKind Closed = new("deals.closed", Group, "A deal on which I work was won or has ended", null, ByMail.AtOnce);

    public static readonly NotificationKind[] All = [Review, Decided, Asked, Invited, Expiring, Message, Note, Team, Closed];
}
