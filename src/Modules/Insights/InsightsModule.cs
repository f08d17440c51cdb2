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
        Flow.FlowTables.Map(model, db);
        Forecasts.ForecastApi.Tables(model, db);
        Drops.DropTables.Map(model, db);
    }

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<IPersonalData, InsightsPersonalData>();
        services.AddSingleton<IPartnerActivity, TouchActivity>();
        services.AddScoped<IPartnerEvents, TouchHistory>();
        services.AddScoped<IToDoSource, PartnerToDos>();
        services.AddScoped<IPartnerAchievements, PartnerAchievements>();
        services.AddScoped<IMotionFigures, Flow.PartnerMotions>();
        services.AddScoped<RecreditDeal>();
        Fairness.FairnessApi.Add(services);
        Forecasts.ForecastApi.Add(services);
        Drops.DropApi.Add(services);
        services.AddScoped<RecordTouch>();
        services.AddScoped<ConfirmTouch>();
        services.AddScoped<IPartnerPanel, ContributionPanel>();
        services.AddScoped<IDealPanel, CreditPanel>();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        InsightsApi.Map(api);
        Fairness.FairnessApi.Map(api);
        Flow.FlowApi.Map(api);
        Forecasts.ForecastApi.Map(api);
        Drops.DropApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web)
    {
        FigureExport.Map(web);
        Fairness.FairnessApi.Web(web);
        Flow.FlowApi.Web(web);
        Forecasts.ForecastApi.Web(web);
        Drops.DropApi.Web(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => InsightsDemo.LoadAsync(demo, ct);

    public override async Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct)
    {
        await Fairness.FairnessDemo.LoadAsync(demo, ct);
        await Flow.FlowDemo.LoadAsync(demo, ct);
        await new KeepPerformance(demo.Work, [new PartnerAchievements(demo.Work)]).RunAsync(ct);
    }

    public override void Describe(Manifest manifest) => Drops.DropApi.Describe(Forecasts.ForecastApi.Describe(Flow.FlowApi.Describe(Fairness.FairnessApi.Describe(manifest))))
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
        .Hears<DealChanged, RecreditChanged>()
        .Hears<DealEnded, RecreditEnded>();
}
