using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Accounts.Published;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Agreements;
using Trellis.Partners.Answering;
using Trellis.Partners.Applying;
using Trellis.Partners.Assets;
using Trellis.Partners.Certifications;
using Trellis.Partners.Graph;
using Trellis.Partners.Hears;
using Trellis.Partners.Hygiene;
using Trellis.Partners.Imports;
using Trellis.Partners.Joint;
using Trellis.Partners.Leaving;
using Trellis.Partners.Listing;
using Trellis.Partners.Merging;
using Trellis.Partners.Profiling;
using Trellis.Partners.Published;
using Trellis.Partners.Records;
using Trellis.Partners.Segmenting;
using Trellis.Partners.Solutions;
using Trellis.Partners.Starting;
using Trellis.Partners.Timeline;
using Trellis.Partners.WordLists;

namespace Trellis.Partners;

/// <summary>Partner organisations: people, types and motions, lifecycle, tier as a fact, manager, relations and notes.</summary>
public sealed class PartnersModule : Module
{
    public override string Name => "partners";

    public override void Tables(ModelBuilder model, Db db) => PartnerTables.Map(model, db);

    public override void Services(IServiceCollection services)
    {
        services.AddScoped<IPersonalData, PartnersPersonalData>();
        services.AddScoped<CreatePartner>();
        services.AddScoped<UpdatePartner>();
        services.AddScoped<ChangeState>();
        services.AddScoped<SetMotion>();
        services.AddScoped<EndMotion>();
        services.AddScoped<AssignTier>();
        services.AddScoped<AssignManager>();
        services.AddScoped<AddContact>();
        services.AddScoped<AddNote>();
        services.AddScoped<InvitePerson>();
        services.AddScoped<Relate>();
        services.AddScoped<SetExpertise>();
        services.AddScoped<TagPartner>();
        services.AddScoped<Unrelate>();
        services.AddScoped<TieCustomer>();
        services.AddScoped<UntieCustomer>();
        services.AddScoped<ShowFamily>();
        services.AddScoped<PartnerReferences>();
        services.AddScoped<MergePartners>();
        services.AddScoped<UndoMerge>();
        services.AddOffboarding();
        services.AddOnboarding();
        services.AddAgreements();
        services.AddListing();
        services.AddRecords();
        services.AddTimeline();
        AnswerList.Add(services);
        services.AddScoped<SaveSegment>();
        services.AddScoped<DropSegment>();
        services.AddScoped<StartCountQuality>();
        services.AddScoped<ISearchSource, PartnerSearch>();
        services.AddScoped<ISearchSource, Segmenting.SegmentSearch>();
        services.AddApplications();
        services.AddCertifications();
        services.AddWordLists();
        services.AddSolutions();
        services.AddImports();
        services.AddAssets();
        services.AddJoint();
        services.AddScoped<Ownership.SettleOwners>();
        services.AddHygiene();
        services.AddScoped<IRecordType, PartnerRecords>();
        services.AddScoped<IRecordType, PartnerContactRecords>();
        services.AddScoped<IBulkRecords, PartnerBulk>();
        services.AddScoped<IBulkAction, BulkManager>();
        services.AddScoped<IBulkAction, BulkTier>();
        services.AddScoped<IBulkAction, BulkPartnerState>();
        services.AddScoped<IBulkAction, BulkTags>();
        services.AddScoped<IBulkAction, BulkTerritories>();
        services.AddBulkField(PartnerRecords.Name);
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        PartnersApi.Map(api);
        ApplyingSetup.Api(api);
        CertificationsApi.Map(api);
        SegmentsApi.Map(api);
        ProfilingApi.Map(api);
        GraphApi.Map(api);
        MergeApi.Map(api);
        OffboardingSetup.Api(api);
        StartingSetup.Api(api);
        AgreementsSetup.Api(api);
        ListingApi.Map(api);
        RecordsApi.Map(api);
        TimelineApi.Map(api);
        AnswerList.Map(api);
        WordListSetup.Api(api);
        SolutionsSetup.Api(api);
        HygieneApi.Map(api);
        ImportsApi.Map(api);
        Motions.MotionsApi.Map(api);
        Ownership.OwnersApi.Map(api);
        AssetsApi.Map(api);
        JointSetup.Map(api);
        Workload.WorkloadList.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web)
    {
        PartnerExport.Map(web);
        ApplyingSetup.Web(web);
        AgreementsSetup.Web(web);
        StartingSetup.Web(web);
        PartnerLists.Map(web);
        RecordsApi.Web(web);
        AnswerList.Web(web);
        ImportsApi.Web(web);
        AssetsApi.Web(web);
        Workload.WorkloadList.Web(web);
        Trellis.Partners.Web.SimilarWeb.Map(web);
    }

    public override Task DemoAsync(Demo demo, CancellationToken ct) => new PartnerDemo(demo).LoadAsync(ct);

    public override async Task DemoLastAsync(Demo demo, IServiceProvider services, CancellationToken ct)
    {
        await PartnerTwins.LoadAsync(demo, ct);
        await new FindTwins(demo.Work).RunAsync(ct);
        await DemoData.QualityDemo.LoadAsync(demo, ct);
        await ReachedDemo.LoadAsync(demo, ct);
        await AnswerDemo.LoadAsync(demo, ct);
        await new MeasureAnswers(demo.Work, services.GetServices<IPromisedAnswers>(), services.GetServices<ICompanyPromise>()).RunAsync(ct);
    }

    public override void Describe(Manifest manifest) => manifest
        .Permits(PartnersPermissions.All)
        .Hears<MemberJoined, LinkContact>()
        .Hears<MemberLeft, UnlinkContact>()
        .Hears<PartnerSignInChanged, TellOfSignIn>()
        .Hears<AccountsMerged, FollowAccountMerge>()
        .Hears<AccountsParted, FollowAccountParting>()
        .Lives(PartnerLifecycle.Machine)
        .WithApplications()
        .WithOnboarding()
        .WithAgreements()
        .WithCertifications()
        .WithWordLists()
        .WithSolutions()
        .Runs<CountQuality>(CountQuality.Kind)
        .Every<CountQuality>("partners.quality", TimeSpan.FromHours(6))
        .Every<KeepPerformance>("partners.performance", TimeSpan.FromHours(1))
        .Every<CountSegments>("partners.segments", TimeSpan.FromHours(1))
        .WithAnswers()
        .WithHygiene()
        .WithImports()
        .WithAssets()
        .WithJoint()
        .Permits(Ownership.OwnerPermissions.All)
        .Shows(new NavItem("app", "Partners", "Partners", "/app/partners", "building-community", PartnersPermissions.View, 200, "partner company organisation export"))
        .Shows(new NavItem("app", "Partners", "Segments", "/app/partners/segments", "filter", PartnersPermissions.ViewSegments, 201))
        .Shows(new NavItem("app", "Partners", "Ecosystem", "/app/partners/ecosystem", "affiliate", PartnersPermissions.ViewSegments, 202))
        .Shows(new NavItem("app", "Partners", "Record quality", "/app/partners/quality", "checkup-list", PartnersPermissions.ViewSegments, 203))
        .Shows(new NavItem("app", "Partners", "Managers’ workload", "/app/partners/workload", "users", PartnersPermissions.ViewWorkload, 206))
        .Offers(new Offer("app", "Decide between sources that disagree about a partner", "/app/partners/quality/conflicts", "checkup-list", PartnersPermissions.Manage, "conflict hand import partner said"))
        .Offers(new Offer("app", "Owners of fields", "/app/partners/field-owners", "lock", Ownership.OwnerPermissions.Settle, "single source of truth crm erp master data"))
        .Shows(new NavItem("app", "Partners", "Public directory", "/app/partners/directory", "world", PartnersPermissions.Directory, 204))
        .Shows(new NavItem("portal", "", "My company", "/portal/company", "building", PartnersPermissions.View, 800))
        .Offers(new Offer("app", "Add a partner", "/app/partners/new", "building-community", PartnersPermissions.Manage, "new company organisation"));
}
