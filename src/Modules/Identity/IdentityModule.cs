using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Bulk;
using Trellis.Identity.Currency;
using Trellis.Identity.Fields;
using Trellis.Identity.Operations;
using Trellis.Identity.Published;
using Trellis.Identity.Reading;
using Trellis.Identity.Settings;
using Trellis.Kernel;
using Trellis.Ui;

namespace Trellis.Identity;

/// <summary>Tenants, people, roles, signing in, tokens, and reading the audit.</summary>
public sealed class IdentityModule : Module
{
    public override string Name => "identity";

    public override void Tables(ModelBuilder model, Db db) => IdentityTables.Map(model, db);

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<Actors>();
        services.AddScoped<IPeople>(s => s.GetRequiredService<Actors>());
        services.AddScoped<SignIn>();
        services.AddScoped<CreatePerson>();
        services.AddScoped<JoinPartner>();
        services.AddScoped<IssueToken>();
        services.AddScoped<RevokeToken>();
        services.AddScoped<ChangeState>();
        services.AddOperations();
        services.AddScoped<Mailbox>();
        services.AddScoped<Search>();
        services.AddScoped<ISearchSource, PeopleSearch>();
        services.AddScoped<ISearchSource, RoleSearch>();
        services.AddScoped<AuditSubjects>();
        services.AddScoped<FoundTenant>();
        services.AddScoped<FoundCompany>();
        services.AddScoped<TokenOfPerson>();
        services.AddScoped<ITenants, Tenants>();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddPeople();
        Sessions.Add(services);
        services.AddSigningIn();
        services.AddTenantSettings();
        services.AddRates();
        services.AddCustomFields();
        services.AddBulk();
        services.AddScoped<ChooseReading>();
        services.AddScoped<ILanguageMemory, LanguageMemory>();
        services.AddScoped<IReaderLanguage, ReaderLanguage>();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        IdentityApi.Map(api);
        PeopleApi.Map(api);
        SettingsApi.Map(api);
        RatesApi.Map(api);
        FieldsSetup.Map(api);
        BulkSetup.Map(api);
        AccessApi.Map(api);
        OperationsApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web)
    {
        SessionRoutes.Map(web);
        PeopleRoutes.Map(web);
        BrandRoutes.Map(web);
        RatesApi.Web(web);
        Completeness.Map(web);
        PeopleFiles.Map(web);
        OperationsApi.Web(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => DemoPeople.LoadAsync(demo, ct);

    public override Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct) => DemoPeople.AskForSignInAsync(demo, ct);

    public override void Describe(Manifest manifest) => PeopleManifest.Add(manifest).AddTenantSettings().AddRates().AddCustomFields().AddBulk()
        .Permits(IdentityPermissions.ViewPeople, IdentityPermissions.ManagePeople, IdentityPermissions.InvitePartnerPeople, IdentityPermissions.ViewAudit, IdentityPermissions.ViewOperations, IdentityPermissions.ManageOperations, IdentityPermissions.UseTokens)
        .Permits(IdentityPermissions.OwnSignIn, IdentityPermissions.ManageSessions, IdentityPermissions.ManageSignIn, IdentityPermissions.ProposeSignIn)
        .Permits(IdentityPermissions.ViewLanguages)
        .Shows(new NavItem("app", "Administration", "Languages", "/app/settings/languages", "language", IdentityPermissions.ViewLanguages, 907))
        .Every<TidySignIn>("identity.tidy_sign_in", TimeSpan.FromHours(1))
        .Shows(new NavItem("app", "Administration", "People", "/app/people", "users", IdentityPermissions.ViewPeople, 900, "person user colleague staff"))
        .Shows(new NavItem("app", "Administration", "Audit", "/app/audit", "history", IdentityPermissions.ViewAudit, 910, "log history change who"))
        .Shows(new NavItem("app", "Administration", "Background work", "/app/operations", "activity", IdentityPermissions.ViewOperations, 920, "job mail delivery outbox schedule"))
        .Shows(new NavItem("app", "Administration", "Sessions", "/app/sessions", "devices", IdentityPermissions.ManageSessions, 905))
        .Shows(new NavItem("app", "Administration", "Signing in", "/app/settings/sign-in", "lock", IdentityPermissions.ManageSignIn, 906, "single sign-on password second factor policy"))
        .Shows(new NavItem("app", "Me", "Sign-in and security", "/account/security", "shield-lock", IdentityPermissions.OwnSignIn, 980, "password passkey second factor authenticator recovery code device"))
        .Shows(new NavItem("portal", "Me", "Sign-in and security", "/account/security", "shield-lock", IdentityPermissions.OwnSignIn, 980, "password passkey second factor authenticator recovery code device"))
        .Shows(new NavItem("app", "Me", "Language and time", "/account/reading", "language", IdentityPermissions.OwnSignIn, 985, "time zone locale translation"))
        .Shows(new NavItem("portal", "Me", "Language and time", "/account/reading", "language", IdentityPermissions.OwnSignIn, 985, "time zone locale translation"))
        .Shows(new NavItem("app", "Me", "API tokens", "/app/tokens", "key", IdentityPermissions.UseTokens, 990, "key program access"))
        .Shows(new NavItem("portal", "Me", "API tokens", "/portal/tokens", "key", IdentityPermissions.UseTokens, 990, "key program access"))
        .Every<ForgetReplies>("identity.forget_replies", TimeSpan.FromHours(1))
        .Every<ForgetDelivered>("identity.forget_delivered", TimeSpan.FromHours(24))
        .Every<KeepStatistics>("identity.keep_statistics", TimeSpan.FromHours(24))
        .Shows(new NavItem("app", "Administration", "Health", "/app/health", "heartbeat", IdentityPermissions.ManageOperations, 930))
        .Offers(
            new Offer("app", "Partners’ sign-in", "/app/settings/partner-sign-in", "lock", IdentityPermissions.ManageSignIn, "single sign-on sso oidc openid partner provider"),
            new Offer("portal", "Your company’s sign-in", PartnerSignIn.OwnPath, "lock", IdentityPermissions.ProposeSignIn, "single sign-on sso oidc openid provider"),
            new Offer("app", "Add a person", "/app/people", "user-plus", IdentityPermissions.ManagePeople, "invite user colleague"),
            new Offer("app", "Issue an API token", "/app/tokens", "key", IdentityPermissions.UseTokens, "key program"),
            new Offer("portal", "Issue an API token", "/portal/tokens", "key", IdentityPermissions.UseTokens, "key program"));
}
