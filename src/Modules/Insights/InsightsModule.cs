using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Insights.Hears;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Insights;

/// <summary>Touches, attribution, metrics, the dashboards, and the home pages.</summary>
public sealed class InsightsModule : Module
{
    public override string Name => "insights";

    public override void Tables(ModelBuilder model, Db db)
    {
        InsightsTables.Map(model, db);
        Fairness.FairnessTables.Map(model, db);
    }

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<Trellis.Accounts.Published.IQualityEffect, AccountQuality>();
        services.AddScoped<IPersonalData, InsightsPersonalData>();
        services.AddSingleton<IPartnerActivity, TouchActivity>();
        services.AddScoped<RecreditDeal>();
        Fairness.FairnessApi.Add(services);
        services.AddScoped<RecordTouch>();
        services.AddScoped<ConfirmTouch>();
        services.AddScoped<IPartnerPanel, ContributionPanel>();
        services.AddScoped<IDealPanel, CreditPanel>();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        InsightsApi.Map(api);
        Fairness.FairnessApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web)
    {
        FigureExport.Map(web);
        Fairness.FairnessApi.Web(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => InsightsDemo.LoadAsync(demo, ct);

    public override Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct) => Fairness.FairnessDemo.LoadAsync(demo, ct);

    public override void Describe(Manifest manifest) => Fairness.FairnessApi.Describe(manifest)
        .Permits(InsightsPermissions.Home, InsightsPermissions.View, InsightsPermissions.RecordTouch, InsightsPermissions.ConfirmTouch)
        .Shows(new NavItem("app", "", "Home", "/app", "home", InsightsPermissions.Home, 0))
        .Shows(new NavItem("app", "Analytics", "Dashboard", "/app/analytics", "chart-bar", InsightsPermissions.View, 800))
        .Shows(new NavItem("app", "Analytics", "Attribution", "/app/analytics/attribution", "git-merge", InsightsPermissions.View, 810))
        .Shows(new NavItem("app", "Analytics", "Metrics", "/app/analytics/metrics", "list-details", InsightsPermissions.View, 820))
        .Shows(new NavItem("portal", "", "Home", "/portal", "home", InsightsPermissions.Home, 0))
        .Shows(new NavItem("portal", "", "Performance", "/portal/performance", "chart-bar", InsightsPermissions.View, 300))
        .Hears<DealRegistered, NoteRegistration>()
        .Hears<DealMemberJoined, NoteMember>()
        .Hears<DealTransferred, NoteTransfer>()
        .Hears<DealDecided, RecreditDecided>(d => !d.AtOnce)
        .Hears<DealWon, RecreditWon>()
        .Hears<DealRevalued, RecreditRevalued>()
        .Hears<DealEnded, RecreditEnded>();
}
