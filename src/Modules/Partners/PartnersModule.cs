using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Identity.Published;
using Trellis.Kernel;
using Trellis.Partners.Certifications;
using Trellis.Partners.Hears;
using Trellis.Partners.Published;

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
        services.AddScoped<ISearchSource, PartnerSearch>();
        services.AddCertifications();
    }

    public override void Api(IEndpointRouteBuilder api)
    {
        PartnersApi.Map(api);
        CertificationsApi.Map(api);
    }

    public override void Web(IEndpointRouteBuilder web) => PartnerExport.Map(web);

    public override Task DemoAsync(Demo demo, CancellationToken ct) => new PartnerDemo(demo).LoadAsync(ct);

    public override void Describe(Manifest manifest) => manifest
        .Permits(PartnersPermissions.All)
        .Hears<MemberJoined, LinkContact>()
        .Hears<MemberLeft, UnlinkContact>()
        .Lives(PartnerLifecycle.Machine)
        .WithCertifications()
        .Shows(new NavItem("app", "Partners", "Partners", "/app/partners", "building-community", PartnersPermissions.View, 200))
        .Shows(new NavItem("portal", "", "My company", "/portal/company", "building", PartnersPermissions.View, 800))
        .Offers(new Offer("app", "Add a partner", "/app/partners/new", "building-community", PartnersPermissions.Manage, "new company organisation"));
}
