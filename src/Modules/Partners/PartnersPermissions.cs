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
    public static readonly Permission AddNote = new("partners.add_note", "Write notes about a partner", Roles.All);

    public static readonly Permission[] All = [View, Manage, EditProfile, ChangeState, AssignTier, AssignManager, Invite, AddNote];
}
