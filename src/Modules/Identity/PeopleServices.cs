using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What administering people adds to the container.</summary>
internal static class PeopleServices
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddScoped<RoleBook>();
        services.AddScoped<IRoleChoices>(s => s.GetRequiredService<RoleBook>());
        services.AddScoped<SaveRole>();
        services.AddScoped<CopyRole>();
        services.AddScoped<RemoveRole>();
        services.AddScoped<ChangeRoles>();
        services.AddScoped<Invitations>();
        services.AddScoped<InviteStaff>();
        services.AddScoped<ResendInvitation>();
        services.AddScoped<RevokeInvitation>();
        services.AddScoped<AcceptInvitation>();
        services.AddScoped<DeclineInvitation>();
        services.AddScoped<LeavePartner>();
        services.AddScoped<ChangeMemberRoles>();
        services.AddScoped<ChangeMemberState>();
        services.AddScoped<RemoveMember>();
        services.AddScoped<HandOver>();
        services.AddScoped<IssueNarrowToken>();
        services.AddScoped<RotateToken>();
        services.AddScoped<CreateService>();
        services.AddScoped<IssueServiceKey>();
        services.AddScoped<RevokeServiceKey>();
        services.AddScoped<ProvisionPerson>();
        services.AddScoped<ChangeProvisioned>();
        services.AddScoped<RemoveProvisioned>();
        services.AddScoped<SaveGroup>();
        services.AddScoped<RemoveGroup>();
        services.AddScoped<MapGroup>();
        services.AddScoped<Looking>();
        services.AddScoped<BeginViewing>();
        services.AddScoped<EndViewing>();
        services.AddScoped<Chain>();
        services.AddScoped<ChainCheck>();
        services.AddScoped<VerifyAudit>();
        services.AddSingleton<VerifyAudits>();
        services.AddScoped<DataSubjects>();
        services.AddScoped<ExportPersonalData>();
        services.AddScoped<ErasePerson>();
        services.AddScoped<Redaction>();
        services.AddScoped<IPersonalData, IdentityData>();
    }
}

/// <summary>Its part of the manifest.</summary>
internal static class PeopleManifest
{
    public static Manifest Add(Manifest manifest) => manifest
        .Permits(IdentityPermissions.ManageRoles, IdentityPermissions.ManageServices, IdentityPermissions.Provision, IdentityPermissions.ViewAs, IdentityPermissions.VerifyAudit, IdentityPermissions.HandlePersonalData)
        .Every<SealAudit>("identity.seal_audit", TimeSpan.FromSeconds(30))
        .Every<EndOldViewings>("identity.end_viewings", TimeSpan.FromMinutes(1))
        .Shows(new NavItem("app", "Administration", "Roles", "/app/roles", "shield-check", IdentityPermissions.ViewPeople, 902, "permission right access"))
        .Shows(new NavItem("app", "Administration", "Invitations", "/app/invitations", "mail-forward", IdentityPermissions.ManagePeople, 904))
        .Shows(new NavItem("app", "Administration", "Service accounts", "/app/service-accounts", "robot", IdentityPermissions.ManageServices, 906))
        .Shows(new NavItem("app", "Administration", "Directory groups", "/app/groups", "users-group", IdentityPermissions.ManageRoles, 908))
        .Shows(new NavItem("app", "Partners", "View as a partner", "/app/view-as", "eye", IdentityPermissions.ViewAs, 290))
        .Shows(new NavItem("portal", "Me", "Your companies", Destination.PlacesPath, "building", IdentityPermissions.UseTokens, 975))
        .Shows(new NavItem("portal", "", "People", "/portal/people", "users", IdentityPermissions.InvitePartnerPeople, 810, "person user colleague invite"));
}
