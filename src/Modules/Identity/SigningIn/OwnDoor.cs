using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Whose door a request came through: at a company's own host only that company is entered.</summary>
internal static class OwnDoor
{
    public static TenantId? Of(HttpContext http)
    {
        var (services, host) = (http.RequestServices, http.Request.Host.Host);
        // The installation's own address is everybody's, also where one of its companies rules over the domain.
        if (services.GetRequiredService<IConfiguration>()["TRELLIS_ADDRESS"] is { Length: > 0 } address && new Uri(address).Host.Equals(host, StringComparison.OrdinalIgnoreCase)) return null;
        return services.GetRequiredService<ITenantSettings>().OwnerOf(host);
    }

    public static bool Admits(HttpContext http, TenantId tenant) => Of(http) is not { } owner || owner == tenant;
}
