using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Relations.Hears;
using Trellis.Deals.Relations.Plays;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

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
        services.AddScoped<IAccountPanel, AccountStrengthPanel>();
        services.AddScoped<IAccountPanel, AccountPlaysPanel>();
        services.AddScoped<ReviewPlay>();
        services.AddScoped<IPartnerPanel, PartnerStrengthPanel>();
    }

    public static Manifest WithRelations(this Manifest manifest) => manifest
        .Permits(RelationPermissions.All)
        .Permits(PlayPermissions.Review)
        .Lives(RelationClaim.Machine)
        .Hears<AccountsMerged, MoveRelations>()
        .Hears<AccountsMerged, MovePlayReviews>()
        .Hears<AccountsParted, ReturnRelations>()
        .Shows(new NavItem("app", "Deals", "Customer relations", "/app/relations", "users", RelationPermissions.Set, 209))
        .Shows(new NavItem("app", "Deals", "Suggested plays", "/app/plays", "bulb", PlayPermissions.Review, 213))
        .Shows(new NavItem("portal", "", "Customer relations", "/portal/relations", "users", RelationPermissions.View, 32))
        .Offers(new Offer("app", "Answer claims of customer relations", "/app/relations?state=waiting", "users", RelationPermissions.Set, "relation holder claim confirm"));
}

/// <summary>Who holds the relation, on the page of an account.</summary>
internal sealed class AccountRelationPanel : IAccountPanel
{
    public string Title => "Customer relation";
    public int Order => 5;
    public Permission? Permission => RelationPermissions.ViewAll;
    public Type Component => typeof(Web.AccountRelationView);
}

/// <summary>The partners at a customer by strength, on the page of an account.</summary>
internal sealed class AccountStrengthPanel : IAccountPanel
{
    public string Title => "Partners at this customer";
    public int Order => 6;
    public Permission? Permission => RelationPermissions.ViewAll;
    public Type Component => typeof(Web.AccountStrengthView);
}

/// <summary>Its strongest customers, on the page of a partner.</summary>
internal sealed class PartnerStrengthPanel : IPartnerPanel
{
    public string Title => "Strongest customers";
    public int Order => 25;
    public Permission? Permission => RelationPermissions.View;
    public Type Component => typeof(Web.PartnerStrengthView);
}

/// <summary>Partners to bring in at an account with an open opportunity, on its page.</summary>
internal sealed class AccountPlaysPanel : IAccountPanel
{
    public string Title => "Suggested plays";
    public int Order => 7;
    public Permission? Permission => PlayPermissions.Review;
    public Type Component => typeof(Web.AccountPlaysView);
}
