using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Relations.Hears;
using Trellis.Kernel;
using Trellis.Notifications.Published;

namespace Trellis.Deals.Relations;

/// <summary>What customer relations add to the module.</summary>
internal static class RelationsSetup
{
    public static void AddRelations(this IServiceCollection services)
    {
        services.AddNotificationKinds(RelationNews.All);
        services.AddScoped<RelationMail>();
        services.AddScoped<SetRelation>();
        services.AddScoped<ClaimRelation>();
        services.AddScoped<AnswerRelationClaim>();
        services.AddScoped<WithdrawRelationClaim>();
        services.AddScoped<IAccountPanel, AccountRelationPanel>();
    }

    public static Manifest WithRelations(this Manifest manifest) => manifest
        .Permits(RelationPermissions.All)
        .Lives(RelationClaim.Machine)
        .Hears<AccountsMerged, MoveRelations>()
        .Hears<AccountsParted, ReturnRelations>()
        .Shows(new NavItem("app", "Deals", "Customer relations", "/app/relations", "users", RelationPermissions.Set, 209))
        .Shows(new NavItem("portal", "", "Customer relations", "/portal/relations", "users", RelationPermissions.View, 32))
        .Offers(new Offer("app", "Answer claims of customer relations", "/app/relations?state=waiting", "users", RelationPermissions.Set, "relation holder claim confirm"));
}

/// <summary>Who holds the relation, on the page of an account.</summary>
internal sealed class AccountRelationPanel : IAccountPanel
{
    public string Title => "Customer relation";
    public int Order => 5;
    public Permission? Permission => RelationPermissions.View;
    public Type Component => typeof(Web.AccountRelationView);
}
