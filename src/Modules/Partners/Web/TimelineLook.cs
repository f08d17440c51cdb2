using Trellis.Kernel;
using Trellis.Partners.Published;
using Trellis.Ui;

namespace Trellis.Partners.Web;

/// <summary>How events look on the timeline, and by which kinds it is filtered.</summary>
internal static class TimelineLook
{
    // A partner reads nothing of these.
    private static readonly PartnerEventKind[] Vendors = [PartnerEventKind.Profile, PartnerEventKind.Relation, PartnerEventKind.Offboarding];

    private static readonly PartnerEventKind[] Reached = [PartnerEventKind.SentMail, PartnerEventKind.SignIn];

    public static readonly Option[] Touches = [new("human", "Between people"), new("system", "Recorded by the system")];

    public static readonly Option[] NoteKinds = [.. Enum.GetValues<NoteKind>().Select(k => new Option(Words.Of(k), Words.Label(k)))];

    public static IEnumerable<Option> Kinds(Actor actor) =>
        Enum.GetValues<PartnerEventKind>().Where(k => Reached.Contains(k) ? !actor.IsPartner && actor.May(PartnersPermissions.ViewReached) : !actor.IsPartner || !Vendors.Contains(k)).Select(k => new Option(Words.Of(k), Label(k)));

    public static TimelineItem Of(PartnerEvent e) => new(e.At, e.Who, e.What, e.Text, e.Audience, Icon(e.Kind), e.Tone) { Href = e.Href };

    public static string Label(PartnerEventKind kind) => kind switch
    {
        PartnerEventKind.Note => "Notes and messages",
        PartnerEventKind.Call => "Calls",
        PartnerEventKind.Meeting => "Meetings",
        PartnerEventKind.Mail => "Mails",
        PartnerEventKind.Standing => "Status, tier and motions",
        PartnerEventKind.Profile => "Profile",
        PartnerEventKind.People => "People",
        PartnerEventKind.Contribution => "Contributions",
        PartnerEventKind.Registration => "Registrations",
        PartnerEventKind.Lead => "Leads",
        PartnerEventKind.Conflict => "Conflicts",
        PartnerEventKind.Touch => "Work on deals",
        PartnerEventKind.Certification => "Certifications",
        PartnerEventKind.File => "Files",
        PartnerEventKind.Relation => "Other partners",
        PartnerEventKind.Payout => "Payouts",
        PartnerEventKind.Onboarding => "Onboarding",
        PartnerEventKind.SentMail => "Mails sent by the system",
        PartnerEventKind.SignIn => "Days in the portal",
        _ => "Off-boarding",
    };

    private static string Icon(PartnerEventKind kind) => kind switch
    {
        PartnerEventKind.Note => "note",
        PartnerEventKind.Call => "phone",
        PartnerEventKind.Meeting => "users",
        PartnerEventKind.Mail => "mail",
        PartnerEventKind.Standing => "arrow-right",
        PartnerEventKind.Profile => "pencil",
        PartnerEventKind.People => "user-plus",
        PartnerEventKind.Contribution => "gift",
        PartnerEventKind.Registration => "briefcase",
        PartnerEventKind.Lead => "send",
        PartnerEventKind.Conflict => "scale",
        PartnerEventKind.Touch => "hand-stop",
        PartnerEventKind.Certification => "certificate",
        PartnerEventKind.File => "file",
        PartnerEventKind.Relation => "affiliate",
        PartnerEventKind.Payout => "coins",
        PartnerEventKind.SentMail => "mail",
        PartnerEventKind.SignIn => "user",
        _ => "list-check",
    };
}
