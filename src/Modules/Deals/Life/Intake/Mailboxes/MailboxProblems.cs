using Trellis.Kernel;

namespace Trellis.Deals.Life.Intake.Mailboxes;

/// <summary>Why a mailbox cannot be read, in words for the person who sets it up.</summary>
internal static class MailboxProblems
{
    public static Problem NotSet() => Of("deals.mailbox_not_set", "No mailbox is set.");

    public static Problem Unreachable() => Of("deals.mailbox_unreachable", "The mail server cannot be reached under this name and port.");

    public static Problem Silent(int seconds) => Of("deals.mailbox_silent", $"The mail server did not answer within {seconds} seconds.");

    public static Problem SignIn() => Of("deals.mailbox_sign_in", "The mail server does not accept this user and password. Some providers want a password made for programs.");

    public static Problem NoTrust() => Of("deals.mailbox_no_trust", "No safe connection came about: the server’s certificate is not trusted or is for another name, or it does not speak TLS on this port.");

    public static Problem NoStartTls() => Of("deals.mailbox_no_starttls", "The mail server does not offer STARTTLS on this port. Try TLS on port 993.");

    public static Problem NoFolder(string name) => Of("deals.mailbox_no_folder", $"The mailbox has no folder “{name}”.");

    public static Problem OnlyToRead() => Of("deals.mailbox_only_to_read", "This user may only read the folder, so nothing can be marked as done there.");

    public static Problem Refused(string said) => Of("deals.mailbox_refused", $"The mail server refused: {said}");

    public static Problem Unclear() => Of("deals.mailbox_unclear", "What answers under this name and port does not speak IMAP, or ended the conversation.");

    public static Problem SealedElsewhere() => Of("deals.mailbox_sealed", "The password was kept with keys that are not here any more. Enter it again.");

    private static Problem Of(string code, string message) => new(ProblemKind.Conflict, code, message);
}
