using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Trellis.Kernel;

/// <summary>
/// Addresses of our pages for mails. The operator names ours in <c>TRELLIS_ADDRESS</c>; without it a request's own word for its host is believed
/// only where it is this machine, because a mailed link with a secret must never lead elsewhere. A tenant that has proved a host to be its own has its links lead there.
/// </summary>
public sealed class Links(IConfiguration configuration, IHttpContextAccessor http, CurrentActor current, ITenantSettings tenants)
{
    /// <summary>The whole address of a path that begins with a slash; the path alone where there is neither setting nor request.</summary>
    public string To(string path) => Root() + path;

    private string Root()
    {
        if (tenants.Of(current.Actor.Tenant).Address is { } ours) return ours;
        if (configuration["TRELLIS_ADDRESS"] is { Length: > 0 } set) return set.TrimEnd('/');
        if (http.HttpContext is not { } now) return "";
        var (request, own) = (now.Request, now.Connection.LocalIpAddress ?? IPAddress.Loopback);
        var local = request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host, out var named) && (IPAddress.IsLoopback(named) || named.Equals(own)));
        return $"{request.Scheme}://{(local ? request.Host.Value : new IPEndPoint(own, now.Connection.LocalPort))}";
    }
}
