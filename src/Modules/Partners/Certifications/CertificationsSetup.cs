using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;
using Trellis.Partners.Published;

namespace Trellis.Partners.Certifications;

/// <summary>What certifications add to the module.</summary>
internal static class CertificationsSetup
{
    public static void AddCertifications(this IServiceCollection services)
    {
        services.AddScoped<EnterCertification>();
        services.AddScoped<DecideCertification>();
        services.AddScoped<IPartnerPanel, CertificationsPanel>();
    }

    public static Manifest WithCertifications(this Manifest manifest) => manifest
        .Permits(CertificationPermissions.All)
        .Lives(CertificationLifecycle.Machine);
}

/// <summary>Shows on the partner's page who is certified.</summary>
internal sealed class CertificationsPanel : IPartnerPanel
{
    public string Title => "Certifications";

    public int Order => 30;

    public Permission? Permission => PartnersPermissions.View;

    public Type Component => typeof(Trellis.Partners.Web.CertificationsSummary);
}
