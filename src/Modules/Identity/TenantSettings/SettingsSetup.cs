using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity.Settings;

/// <summary>What the company's settings add to the module.</summary>
internal static class SettingsSetup
{
    public static void AddTenantSettings(this IServiceCollection services)
    {
        services.AddSingleton<SettingsShelf>();
        services.AddSingleton<ITenantSettings>(s => s.GetRequiredService<SettingsShelf>());
        services.AddSingleton<HostProofs>();
        services.AddScoped<ChangeSettings>();
        services.AddScoped<ChangeLogo>();
        services.AddScoped<ChangeHost>();
        services.AddScoped<VerifyHost>();
        services.AddScoped<RecordHost>();
    }

    public static void Tables(ModelBuilder model)
    {
        var host = model.Entity<TenantHost>();
        host.ToTable("identity_host");
        host.HasKey(h => h.Host);
        host.HasIndex(h => h.TenantId);
    }

    public static Manifest AddTenantSettings(this Manifest manifest) => manifest
        .Permits(IdentityPermissions.ManageSettings)
        .Shows(new NavItem("app", "Administration", "Company settings", "/app/settings/company", "settings", IdentityPermissions.ManageSettings, 901, "setting brand logo calendar currency"))
        .Offers(new Offer("app", "Change the brand, calendar or currency", "/app/settings/company", "settings", IdentityPermissions.ManageSettings, "logo colour domain time zone fiscal holidays imprint privacy"));
}
