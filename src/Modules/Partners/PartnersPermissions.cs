using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Partners;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class PartnersPermissions
{
    public const string ViewCode = "partners.view";
    public const string ManageCode = "partners.manage";
    public const string ChangeStateCode = "partners.change_state";
    public const string EditProfileCode = "partners.edit_profile";

    public const string ViewSegmentsCode = "partners.view_segments";
    public const string ViewWorkloadCode = "partners.view_workload";
    public const string ViewFamilyCode = "partners.view_family";
    public const string MergeCode = "partners.merge";
    public const string DirectoryCode = "partners.directory";
    public const string SegmentCode = "partners.segment";

    /// <summary>A portal actor with it sees its own company, nothing else.</summary>
    public static readonly Permission View = new(ViewCode, "See partners", Roles.All);
    public static readonly Permission Manage = new(ManageCode, "Add partners, motions, contacts and relations", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission EditProfile = new(
        EditProfileCode, "Change a partner's profile", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.PartnerAdmin);
    public static readonly Permission ChangeState = new(ChangeStateCode, "Move a partner along its lifecycle", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission AssignTier = new("partners.assign_tier", "Assign a tier", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission AssignManager = new("partners.assign_manager", "Assign the partner manager", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission Invite = new(
        "partners.invite", "Invite a partner's people", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.PartnerAdmin);
    public static readonly Permission ViewReached = new(
        "partners.view_reached", "See which mails a partner’s people were sent, and on which days they were in the portal", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission AddNote = new("partners.add_note", "Write notes about a partner", Roles.All);

    public static readonly Permission ViewSegments = new(ViewSegmentsCode, "See segments of partners, the ecosystem and the quality of records", Roles.Staff);
    public static readonly Permission Segment = new(SegmentCode, "Make and change segments of partners", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission ViewWorkload = new(ViewWorkloadCode, "See what each partner manager looks after, by name", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.Executive);
    public static readonly Permission ViewFamily = new(ViewFamilyCode, "See the figures of subsidiaries, where the vendor has opened them", Roles.PartnerAdmin);
    public static readonly Permission Merge = new(MergeCode, "Merge partners, and take it back", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission Directory = new(DirectoryCode, "Open the public directory, or close it", Roles.Administrator, Roles.ChannelOperations, Roles.Marketing);

    public static readonly Permission[] All = [View, Manage, EditProfile, ChangeState, AssignTier, AssignManager, Invite, AddNote, ViewReached, ViewSegments, ViewWorkload, Segment, ViewFamily, Merge, Directory];
}
