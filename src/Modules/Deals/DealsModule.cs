using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Deals.Conflicts;
using Trellis.Deals.DemoData;
using Trellis.Deals.Distributors;
using Trellis.Deals.Handovers;
using Trellis.Deals.Jobs;
using Trellis.Deals.Life;
using Trellis.Deals.Opportunities;
using Trellis.Deals.Passing;
using Trellis.Deals.Plans;
using Trellis.Deals.Published;
using Trellis.Deals.Relations;
using Trellis.Deals.Rules;
using Trellis.Deals.Transfers;
using Trellis.Deals.Web;
using Trellis.Deals.Workspace;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Deals;

/// <summary>Deal registration: rules of engagement, protection, review, the deal team and its shares.</summary>
public sealed class DealsModule : Module
{
    public override string Name => "deals";

    public override void Tables(ModelBuilder model, Db db)
    {
        DealTables.Map(model, db);
        RulesTables.Map(model, db);
    }

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<IPersonalData, DealsPersonalData>();
        services.AddScoped<IMoneyRows, HasAmounts>();
        services.AddScoped<IRecordType, DealRecords>();
        services.AddScoped<IRecordType, Passing.LeadRecords>();
        services.AddScoped<AssignReviewer>();
        services.AddScoped<IBulkRecords, DealBulk>();
        services.AddScoped<BulkDecider>();
        services.AddScoped<IBulkAction, BulkApprove>();
        services.AddScoped<IBulkAction, BulkRefuse>();
        services.AddScoped<IBulkAction, BulkReviewer>();
        services.AddScoped<IRevalue, RevalueDeals>();
        services.AddScoped<ICrmUse, CrmUse>();
        services.AddScoped<IGroupFigures, GroupDeals>();
        services.AddScoped<DealMail>();
        services.AddScoped<DealReceipts>();
        services.AddScoped<IDealPanel, DealReceiptsPanel>();
        services.AddRegistrationLife();
        services.AddNotificationKinds(DealNews.All);
        services.AddConflicts();
        services.AddDistributors();
        services.AddTransfers();
        services.AddHandovers();
        services.AddPassing();
        services.AddRelations();
        services.AddTargets();
        services.AddOpportunities();
        services.AddScoped<SaveDraft>();
        services.AddScoped<Register>();
        services.AddScoped<Approve>();
        services.AddScoped<Refuse>();
        services.AddScoped<ReturnForInformation>();
        services.AddScoped<AnswerInformation>();
        services.AddScoped<Withdraw>();
        services.AddScoped<Revoke>();
        services.AddScoped<Convert>();
        services.AddScoped<Win>();
        services.AddScoped<Lose>();
        services.AddScoped<CorrectWin>();
        services.AddScoped<Expire>();
        services.AddScoped<InviteMember>();
        services.AddScoped<AnswerInvitation>();
        services.AddScoped<AddComment>();
        services.AddRules();
        services.AddScoped<ISearchSource, DealSearch>();
        services.AddScoped<IPartnerPanel, PartnerDealsPanel>();
        services.AddScoped<IPartnerFigures, DealFigures>();
        services.AddScoped<IPartnerContributions, DealGifts>();
        services.AddScoped<IPartnerEvents, DealHistory>();
        services.AddScoped<IPartnerEvents, LeadHistory>();
        services.AddScoped<IPartnerEvents, ConflictHistory>();
        services.AddScoped<IManagerLoad, ReviewLoad>();
        services.AddScoped<ICompanyPromise, CompanyPromise>();
        services.AddSingleton<IPromisedAnswers, DealAnswers>();
        services.AddSingleton<IPartnerActivity, DealActivity>();
        services.AddScoped<IOffboardingCheck, OpenDealsCheck>();
        services.AddScoped<IOnboardingFact, FirstRegistration>();
        services.AddScoped<IOffboardingCheck, OpenLeadsCheck>();
        WorkspaceSetup.Add(services);
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        DealsApi.Map(api);
        WorkspaceApi.Map(api);
        OpportunitiesSetup.Api(api);
        RulesApi.Map(api);
        LifeApi.Map(api);
        PassingApi.Map(api);
        RelationsApi.Map(api);
        TargetsApi.Map(api);
        Relations.Plays.PlaysApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web)
    {
        WorkspaceSetup.Web(web);
        web.MapGet("/app/deals.csv", Export).Requires(DealsPermissions.View).ExcludeFromDescription();
        Life.LifeWeb.Map(web);
        Conflicts.ConflictsWeb.Map(web);
        TransfersWeb.Map(web);
        HandoversWeb.Map(web);
        PassingWeb.Map(web);
        TargetsSetup.Web(web);
        web.MapGet("/app/plays.csv", Relations.Plays.PlayReviews.ExportAsync).Requires(Relations.Plays.PlayPermissions.Review).ExcludeFromDescription();
        web.MapGet("/portal/deals.csv", Export).Requires(DealsPermissions.View).ExcludeFromDescription();
        RulesWeb.Map(web);
        QueueFiles.Map(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => new DealDemo(demo).LoadAsync(ct);

    public override async Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct) =>
        await demo.InsertAsync([EffectRun.Of(demo.Tenant, await EffectPages.CountAsync(demo.Work, ct))], ct);

    public override void Describe(Manifest manifest) => WorkspaceSetup.Describe(manifest)
        .Permits(DealsPermissions.All)
        .Lives(DealLifecycle.Machine)
        .Lives(RuleDraftLifecycle.Machine)
        .Runs<RunRules>(RunRules.Kind)
        .Every<ExpireDeals>("deals.expire", TimeSpan.FromHours(1))
        .WithRegistrationLife()
        .WithConflicts()
        .WithDistributors()
        .WithTransfers()
        .WithHandovers()
        .WithPassing()
        .WithRelations()
        .WithTargets()
        .Shows(new NavItem("app", "Deals", "Review queue", "/app/deals/queue", "inbox", DealsPermissions.Decide, 200))
        .Shows(new NavItem("app", "Deals", "Deals", "/app/deals", "briefcase", DealsPermissions.View, 210, "deal registration export"))
        .Shows(new NavItem("app", "Deals", "Board", "/app/deals/board", "layout-kanban", DealsPermissions.View, 212))
        .Shows(new NavItem("app", "Administration", "Who sees what of a deal", "/app/settings/deal-visibility", "eye", DealsPermissions.SetSights, 909, "visibility level field role sight confidential"))
        .Shows(new NavItem("app", "Deals", "My deals with a partner", "/app/deals/seller", "cash", DealsPermissions.Seller, 214))
        .Shows(new NavItem("app", "Deals", "With a partner, or alone?", "/app/deals/evidence", "chart-bar", DealsPermissions.Evidence, 216))
        .Shows(new NavItem("app", "Deals", "Rules of engagement", "/app/rules", "gavel", DealsPermissions.ViewRules, 220))
        .Shows(new NavItem("portal", "", "Deals", "/portal/deals", "briefcase", DealsPermissions.View, 20, "deal registration export"))
        .Shows(new NavItem("portal", "", "Register a deal", "/portal/deals/new", "plus", DealsPermissions.Register, 10))
        .Shows(new NavItem("portal", "", "Rules", "/portal/rules", "gavel", DealsPermissions.ViewRules, 400))
        .Offers(
            new Offer("app", "Decide registrations", "/app/deals/queue", "inbox", DealsPermissions.Decide, "review approve refuse queue"),
            new Offer("portal", "Register a deal", "/portal/deals/new", "plus", DealsPermissions.Register, "registration opportunity new"));

    private static async Task Export([AsParameters] DealQuery query, HttpContext http, Work work, CustomFields fields) =>
        await DealExport.WriteAsync(http, work, fields, query.Filter with { Fields = await fields.ConditionsAsync("deals", FieldWish.Read(http.Request.Query), http.RequestAborted), Order = await fields.OrderAsync("deals", query.Sort, http.RequestAborted) });
}
