using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Notifications.Published;
using Trellis.Partners.Published;
using Trellis.Receipts.Hears;
using Trellis.Receipts.Jobs;
using Trellis.Receipts.Published;

namespace Trellis.Receipts;

/// <summary>Signed, hash-chained receipts for partners, and how anybody checks one.</summary>
public sealed class ReceiptsModule : Module
{
    public override string Name => "receipts";

    public override void Tables(ModelBuilder model, Db db) => ReceiptTables.Map(model, db);

    public override void Services(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddScoped(s => new Issuer(s.GetRequiredService<Work>(), s.GetRequiredService<SigningKeys>()));
        services.AddScoped<SealReceipts>();
        services.AddScoped<TellRoot>();
        services.AddNotificationKinds(RootNews.Kind);
        services.AddScoped<IssueTierReceipt>();
        services.AddScoped<EraseReceipt>();
        services.AddScoped<EraseSubject>();
        services.AddScoped<IPersonalData, ReceiptsPersonalData>();
        services.AddScoped<ChangeKey>();
        services.AddScoped<CheckChain>();
        services.AddScoped<ISearchSource, ReceiptSearch>();
    }

    public override void Api(IEndpointRouteBuilder api) => ReceiptsApi.Map(api);

    public override void Web(IEndpointRouteBuilder web) => ReceiptDownloads.Map(web);

    public override Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct) => new ReceiptsDemo(demo, services.GetRequiredService<SigningKeys>()).LoadAsync(ct);

    public override void Describe(Manifest manifest) => manifest
        .Permits(ReceiptsPermissions.All)
        .Runs<CheckChainJob>(CheckChain.Kind)
        .Hears<TierGiven, ReceiptOfTier>()
        .Every<SealChain>("receipts.seal", TimeSpan.FromSeconds(3))
        .Every<TellRoots>("receipts.tell_roots", TimeSpan.FromMinutes(30))
        .Shows(new NavItem("app", "Deals", "Receipts", "/app/receipts", "receipt", ReceiptsPermissions.View, 290))
        .Shows(new NavItem("portal", "", "Receipts", "/portal/receipts", "receipt", ReceiptsPermissions.View, 120));
}
