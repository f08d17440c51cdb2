using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Deals.Published;
using Trellis.Identity.Published;
using Trellis.Incentives.Hears;
using Trellis.Incentives.Jobs;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;

namespace Trellis.Incentives;

/// <summary>Plans, earning lines, the double-entry ledger and payouts.</summary>
public sealed class IncentivesModule : Module
{
    public override string Name => "incentives";

    public override void Tables(ModelBuilder model, Db db) => IncentivesTables.Map(model, db);

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<IPersonalData, IncentivesPersonalData>();
        services.AddScoped<IMoneyRows, HasAmounts>();
        services.AddScoped<IKnownCompensations, KnownCompensations>();
        services.AddScoped<ISegmentUses, SegmentRewards>();
        services.AddScoped<WritePlan>();
        services.AddScoped<PublishPlan>();
        services.AddScoped<DiscardPlan>();
        services.AddScoped<AccrueDeal>();
        services.AddScoped<ApproveEarning>();
        services.AddScoped<HoldEarning>();
        services.AddScoped<DisputeEarning>();
        services.AddScoped<ReverseEarning>();
        services.AddScoped<ReverseDeal>();
        services.AddScoped<ReleaseDue>();
        services.AddScoped<ReleaseLines>();
        services.AddScoped<EarningNews>();
        services.AddNotificationKinds(EarningNews.Payable);
        services.AddScoped<RetirePlans>();
        services.AddScoped<CreatePayout>();
        services.AddScoped<SettlePayout>();
        services.AddScoped<CancelPayout>();
        services.AddScoped<IPartnerPanel, EarningsPanel>();
        services.AddScoped<IPartnerEvents, PayoutHistory>();
        services.AddScoped<IOffboardingCheck, UnpaidCheck>();
        services.AddScoped<ISearchSource, EarningSearch>();
        services.AddScoped<ISearchSource, PayoutSearch>();
        services.AddScoped<ISearchSource, PlanSearch>();
    }

    public override void Api(IEndpointRouteBuilder api) => IncentivesApi.Map(api);

    public override void Web(IEndpointRouteBuilder web)
    {
        EarningExport.Map(web);
        MoneyFiles.Map(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => new IncentivesDemo(demo).LoadAsync(ct);

    public override void Describe(Manifest manifest) => manifest
        .Permits(IncentivesPermissions.All)
        .Lives(PlanLifecycle.Machine)
        .Lives(EarningLifecycle.Machine)
        .Lives(PayoutLifecycle.Machine)
        .Hears<DealWon, AccrueOnWin>()
        .Hears<DealEnded, ReverseOnEnd>()
        .Every<ReleaseHolds>("incentives.release_holds", TimeSpan.FromHours(1))
        .Shows(new NavItem("app", "Incentives", "Earnings", "/app/incentives/earnings", "coins", IncentivesPermissions.View, 500, "commission earning export"))
        .Shows(new NavItem("app", "Incentives", "Payouts", "/app/incentives/payouts", "cash-banknote", IncentivesPermissions.ViewLedger, 510, "payout transfer payment export"))
        .Shows(new NavItem("app", "Incentives", "Ledger", "/app/incentives/ledger", "book", IncentivesPermissions.ViewLedger, 520))
        .Shows(new NavItem("app", "Incentives", "Plans", "/app/incentives/plans", "percentage", IncentivesPermissions.ViewPlans, 530))
        .Shows(new NavItem("portal", "", "Earnings", "/portal/earnings", "coins", IncentivesPermissions.View, 100, "commission payout earning export"))
        .Offers(
            new Offer("app", "Write an incentive plan", "/app/incentives/plans/new", "percentage", IncentivesPermissions.ManagePlans, "new commission rate"),
            new Offer("portal", "See what I earned", "/portal/earnings", "coins", IncentivesPermissions.View, "commission payout statement paid"));
}
