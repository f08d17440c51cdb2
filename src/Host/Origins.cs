using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Trellis.Kernel;

namespace Trellis.Host;

/// <summary>Where a request comes from: through which proxy, and from which page.</summary>
internal static class Origins
{
    /// <summary>
    /// The address of the visitor and the scheme are believed from the proxies that the operator names in <c>TRELLIS_PROXIES</c> (addresses or networks,
    /// separated by commas), and from nobody else.
    /// </summary>
    public static void Add(IServiceCollection services, IConfiguration configuration) => services.Configure<ForwardedHeadersOptions>(o =>
    {
        o.KnownIPNetworks.Clear();
        o.KnownProxies.Clear();
        foreach (var named in (configuration["TRELLIS_PROXIES"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(named, out var network)) o.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(named, out var address)) o.KnownProxies.Add(address);
            else throw new InvalidOperationException($"TRELLIS_PROXIES names {named}, which is neither an address nor a network.");
        }

        o.ForwardedHeaders = o.KnownProxies.Count + o.KnownIPNetworks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        o.ForwardLimit = null;
    });

    /// <summary>
    /// A page of another site may not post here, whatever token it has come by. The browser tells it by <c>Sec-Fetch-Site</c>, older ones by
    /// <c>Origin</c>; programs without either have no cookies of a victim to abuse. The API knows callers by their token alone and is open to all.
    /// </summary>
    public static Task RefuseForeignPosts(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || IsApi(request) || !IsForeign(http)) return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether a request is for programs, which are known by a token and never by a cookie.</summary>
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/scim");

    private static bool IsForeign(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is not ("same-origin" or "none");
        if (headers.Origin.ToString() is not { Length: > 0 } origin) return false;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from)) return true;
        var own = http.RequestServices.GetRequiredService<IConfiguration>()["TRELLIS_ADDRESS"];
        return from.Authority != http.Request.Host.Value && !(own is { Length: > 0 } && new Uri(own).Authority == from.Authority);
    }
}
