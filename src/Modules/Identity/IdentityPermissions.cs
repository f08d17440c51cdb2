using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>The permissions of this module; pages name them by code in <c>@attribute [Requires(...)]</c>.</summary>
internal static class IdentityPermissions
{
    public const string ViewPeopleCode = "identity.view_people";
    public const string ViewAuditCode = "identity.view_audit";
    public const string ViewOperationsCode = "identity.view_operations";
    public const string ManagePeopleCode = "identity.manage_people";
    public const string InvitePartnerPeopleCode = "identity.invite_partner_people";
    public const string ManageRolesCode = "identity.manage_roles";
    public const string ManageServicesCode = "identity.manage_services";
    public const string ProvisionCode = "identity.provision";
    public const string ViewAsCode = "identity.view_as";
    public const string VerifyAuditCode = "identity.verify_audit";
    public const string HandlePersonalDataCode = "identity.handle_personal_data";
    public const string ManageOperationsCode = "identity.manage_operations";
    public const string UseTokensCode = "identity.use_tokens";

    public const string OwnSignInCode = "identity.own_sign_in";
    public const string ManageSessionsCode = "identity.manage_sessions";
    public const string ManageSignInCode = "identity.manage_sign_in";

    public const string ProposeSignInCode = "identity.propose_sign_in";

    public const string ManageFieldsCode = "identity.manage_fields";
    public const string ManageRatesCode = "identity.manage_rates";
    public const string ManageSettingsCode = "identity.manage_settings";

    public const string ViewLanguagesCode = "identity.view_languages";

    public static readonly Permission ViewLanguages = new(ViewLanguagesCode, "See how complete each language is", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission ViewPeople = new(ViewPeopleCode, "See people and roles", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission ManagePeople = new("identity.manage_people", "Invite, change and suspend people", Roles.Administrator);
    public static readonly Permission InvitePartnerPeople = new(
        "identity.invite_partner_people", "Give a partner's people access", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager, Roles.PartnerAdmin);
    public static readonly Permission ViewAudit = new(ViewAuditCode, "Read the audit", Roles.Administrator, Roles.ChannelOperations, Roles.Finance, Roles.Legal);
    public static readonly Permission ViewOperations = new(ViewOperationsCode, "See and repeat background work", Roles.Administrator, Roles.ChannelOperations);
    public static readonly Permission ManageRoles = new(ManageRolesCode, "Change roles and what they may do", Roles.Administrator);
    public static readonly Permission ManageServices = new(ManageServicesCode, "Give programs keys of their own", Roles.Administrator);
    public static readonly Permission Provision = new(ProvisionCode, "Provision people and groups from a directory (SCIM)", Roles.Administrator);
    public static readonly Permission ViewAs = new(ViewAsCode, "Look at the portal as a partner's person", Roles.Administrator, Roles.ChannelOperations, Roles.PartnerManager);
    public static readonly Permission VerifyAudit = new(VerifyAuditCode, "Check that the audit is unbroken", Roles.Administrator, Roles.Finance, Roles.Legal);
    public static readonly Permission HandlePersonalData = new(HandlePersonalDataCode, "Export and erase a person's data", Roles.Administrator, Roles.Legal);
    public static readonly Permission ManageOperations = new(ManageOperationsCode, "Discard, pause and restart background work; see the health of the installation", Roles.Administrator);
    public static readonly Permission UseTokens = new(UseTokensCode, "Sign in, search, and use the API with a token", Roles.All);
    public static readonly Permission OwnSignIn = new(OwnSignInCode, "Change one's own password, second factor, passkeys and sessions", Roles.All);
    public static readonly Permission ManageSessions = new(ManageSessionsCode, "See and end the sessions of others, and reset their second factor", Roles.Administrator);
    public static readonly Permission ManageSignIn = new(ManageSignInCode, "Set how people sign in: second factor, single sign-on", Roles.Administrator);
    public static readonly Permission ProposeSignIn = new(ProposeSignInCode, "Enter the sign-in of the own company, and turn it off", Roles.PartnerAdmin);
    public static readonly Permission ManageSettings = new(ManageSettingsCode, "Change the company’s brand, domain, currency and calendar", Roles.Administrator);
    public static readonly Permission ManageRates = new(ManageRatesCode, "Enter and import exchange rates", Roles.Administrator, Roles.ChannelOperations, Roles.Finance);
    public static readonly Permission ManageFields = new(ManageFieldsCode, "Add and change custom fields", Roles.Administrator, Roles.ChannelOperations);
}
