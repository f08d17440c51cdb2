using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts.Hears;
using Trellis.Deals.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Conflicts;

/// <summary>What conflicts add to the module.</summary>
internal static class ConflictsSetup
{
    public static void AddConflicts(this IServiceCollection services)
    {
        services.AddNotificationKinds(ConflictNews.All);
        services.AddScoped<ConflictMail>();
        services.AddScoped<SettlementEffects>();
        services.AddScoped<RaiseConflict>();
        services.AddScoped<StateSide>();
        services.AddScoped<TakeUp>();
        services.AddScoped<SettleConflict>();
        services.AddScoped<Appeal>();
        services.AddScoped<EscalateConflict>();
        services.AddScoped<CloseMoot>();
        services.AddScoped<WatchOpportunities>();
        services.AddSingleton<DuplicateBrake>();
        services.AddScoped<AskAboutCustomer>();
        services.AddScoped<ISearchSource, ConflictSearch>();
        services.AddScoped<IDealPanel, ConflictsPanel>();
        services.AddScoped<IAccountPanel, AccountClaimsPanel>();
    }

    public static Manifest WithConflicts(this Manifest manifest) => manifest
        .Permits(ConflictsPermissions.All)
        .Lives(ConflictLifecycle.Machine)
        .Every<EscalateConflicts>("deals.escalate_conflicts", TimeSpan.FromHours(1))
        .Hears<OpportunitiesImported, WatchImport>()
        .Hears<AccountsMerged, FollowMerge>()
        .Hears<AccountsParted, FollowUnmerge>()
        .Hears<DealEnded, CloseOnEnd>()
        .Hears<DealDecided, CloseOnRefusal>(d => d.State == DealState.Rejected)
        .Shows(new NavItem("app", "Deals", "Conflicts", "/app/conflicts", "alert-triangle", ConflictsPermissions.View, 206))
        .Shows(new NavItem("portal", "", "Conflicts", "/portal/conflicts", "alert-triangle", ConflictsPermissions.View, 30));
}

/// <summary>The conflicts of a deal, on its page.</summary>
internal sealed class ConflictsPanel : IDealPanel
{
    public string Title => "Conflicts";
    public int Order => 20;
    public Permission? Permission => ConflictsPermissions.View;
    public Type Component => typeof(Web.DealConflicts);
}

/// <summary>Registrations and conflicts, on the page of an account.</summary>
internal sealed class AccountClaimsPanel : IAccountPanel
{
    public string Title => "Registrations and conflicts";
    public int Order => 10;
    public Permission? Permission => DealsPermissions.View;
    public Type Component => typeof(Web.AccountClaims);
}
