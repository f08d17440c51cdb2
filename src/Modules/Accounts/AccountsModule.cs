using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;

namespace Trellis.Accounts;

/// <summary>Customer accounts, products and opportunities mirrored from the CRM; their import; and who a typed customer is.</summary>
public sealed class AccountsModule : Module
{
    public override string Name => "accounts";

    public override void Tables(ModelBuilder model, Db db) => AccountTables.Map(model);

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<IPersonalData, AccountsPersonalData>();
        services.AddScoped<IMoneyRows, HasAmounts>();
        services.AddScoped<IRecordType, AccountRecords>();
        services.AddScoped<IRecordType, OpportunityRecords>();
        services.AddScoped<CreateAccount>();
        services.AddScoped<ChangeAccount>();
        services.AddScoped<AssignOpportunity>();
        services.AddScoped<UploadImport>();
        services.AddScoped<RecordImport>();
        services.AddScoped<MapImport>();
        services.AddScoped<DryRunImport>();
        services.AddScoped<ApplyImport>();
        services.AddScoped<StopImport>();
        services.AddScoped<ISearchSource, AccountSearch>();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        AccountsApi.Map(api);
        ImportsApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web) => AccountDownloads.Map(web);

    public override Task DemoAsync(Demo demo, CancellationToken ct) => AccountsDemo.LoadAsync(demo, ct);

    public override void Describe(Manifest manifest) => manifest
        .Permits(AccountsPermissions.View, AccountsPermissions.Manage, AccountsPermissions.Import, AccountsPermissions.NameCustomer)
        .Shows(new NavItem("app", "Customers", "Accounts", "/app/accounts", "building", AccountsPermissions.View, 300))
        .Shows(new NavItem("app", "Customers", "Opportunities", "/app/opportunities", "target-arrow", AccountsPermissions.View, 310))
        .Shows(new NavItem("app", "Customers", "Products", "/app/products", "package", AccountsPermissions.View, 320))
        .Shows(new NavItem("app", "Operations", "Imports", "/app/imports", "file-import", AccountsPermissions.Import, 800))
        .Shows(new NavItem("app", "Operations", "Data quality", "/app/data-quality", "clipboard-check", AccountsPermissions.View, 810))
        .Offers(
            new Offer("app", "Import accounts", "/app/imports/new", "file-import", AccountsPermissions.Import, "upload csv crm opportunities products"),
            new Offer("app", "Add an account", "/app/accounts/new", "building", AccountsPermissions.Manage, "new customer"))
        .Lives(ImportLifecycle.Machine)
        .Runs<RunImport>(RunImport.Kind);
}
