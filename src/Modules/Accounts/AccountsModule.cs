using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Conflicts;
using Trellis.Accounts.Contacts;
using Trellis.Accounts.Hierarchy;
using Trellis.Accounts.Imports;
using Trellis.Accounts.Merging;
using Trellis.Accounts.Published;
using Trellis.Accounts.Quality;
using Trellis.Accounts.Rollback;
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
        services.AddScoped<IRevalue, RevalueOpportunities>();
        services.AddScoped<IRecordType, AccountRecords>();
        services.AddScoped<IBulkRecords, AccountBulk>();
        services.AddScoped<IBulkAction, BulkOwner>();
        services.AddBulkField(AccountRecords.Name);
        services.AddScoped<IRecordType, OpportunityRecords>();
        services.AddScoped<IRecordType, ContactRecords>();
        services.AddScoped<IRecordType, ProductRecords>();
        services.AddScoped<CreateAccount>();
        services.AddScoped<ChangeAccount>();
        services.AddScoped<AssignOpportunity>();
        services.AddScoped<UploadImport>();
        services.AddScoped<RecordImport>();
        services.AddScoped<MapImport>();
        services.AddScoped<DryRunImport>();
        services.AddScoped<ApplyImport>();
        services.AddScoped<StopImport>();
        services.AddScoped<TakeBackImport>();
        services.AddScoped<SetParent>();
        services.AddMerging();
        services.AddQuality();
        services.AddConflicts();
        services.AddScoped<Ownership.SettleAccountOwners>();
        services.AddScoped<AddAccountContact>();
        services.AddScoped<ChangeAccountContact>();
        services.AddScoped<RemoveAccountContact>();
        services.AddScoped<ISearchSource, AccountSearch>();
        services.AddScoped<ISearchSource, ContactSearch>();
        services.AddScoped<ISearchSource, ProductSearch>();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        AccountsApi.Map(api);
        ImportsApi.Map(api);
        ContactsApi.Map(api);
        MergingApi.Map(api);
        QualityApi.Map(api);
        ConflictsSetup.Map(api);
        Ownership.AccountOwnersApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web)
    {
        AccountDownloads.Map(web);
        ContactsApi.MapWeb(web);
        Trellis.Accounts.Web.SimilarWeb.Map(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => AccountsDemo.LoadAsync(demo, ct);

    public override Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct) => AccountsDemo.LastAsync(demo, services, ct);

    public override void Describe(Manifest manifest) => manifest
        .Permits(AccountsPermissions.View, AccountsPermissions.Manage, AccountsPermissions.Import, AccountsPermissions.NameCustomer, AccountsPermissions.Merge, AccountsPermissions.ListProducts)
        .Permits(Ownership.OwnershipPermissions.All)
        .Shows(new NavItem("app", "Customers", "Accounts", "/app/accounts", "building", AccountsPermissions.View, 300, "customer company prospect export"))
        .Shows(new NavItem("app", "Customers", "Contacts", "/app/contacts", "address-book", AccountsPermissions.View, 305))
        .Shows(new NavItem("app", "Customers", "Opportunities", "/app/opportunities", "target-arrow", AccountsPermissions.View, 310, "opportunity crm pipeline export"))
        .Shows(new NavItem("app", "Customers", "Products", "/app/products", "package", AccountsPermissions.View, 320))
        .Shows(new NavItem("app", "Operations", "Imports", "/app/imports", "file-import", AccountsPermissions.Import, 800))
        .Shows(new NavItem("app", "Operations", "Data quality", "/app/data-quality", "clipboard-check", AccountsPermissions.View, 810))
        .Shows(new NavItem("app", "Operations", "Duplicates", "/app/duplicates", "git-merge", AccountsPermissions.View, 812))
        .Offers(
            new Offer("app", "Owners of fields of accounts", "/app/accounts/field-owners", "lock", Ownership.OwnershipPermissions.Settle, "single source of truth crm erp master data"),
            new Offer("app", "Decide conflicts with the CRM", "/app/data-quality/conflicts", "clipboard-check", AccountsPermissions.Manage, "hand import value ours theirs"),
            new Offer("app", "Find duplicate accounts", "/app/duplicates", "git-merge", AccountsPermissions.Merge, "merge same company twins"),
            new Offer("app", "Import accounts", "/app/imports/new", "file-import", AccountsPermissions.Import, "upload csv crm opportunities products"),
            new Offer("app", "Add an account", "/app/accounts/new", "building", AccountsPermissions.Manage, "new customer"))
        .Lives(ImportLifecycle.Machine)
        .Runs<RunImport>(RunImport.Kind)
        .Runs<UndoImport>(UndoImport.Kind)
        .Runs<FindDuplicates>(FindDuplicates.Kind)
        .Runs<CountQuality>(CountQuality.Kind)
        .Every<FindDuplicates>("accounts.duplicates", TimeSpan.FromDays(1))
        .Every<CountQuality>("accounts.quality", TimeSpan.FromHours(12))
        .Every<ResolveOwners>("accounts.owners", TimeSpan.FromHours(1));
}
