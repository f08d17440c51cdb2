using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Trellis.Kernel;

/// <summary>
/// The names of cookies that carry something secret. Behind TLS a name begins with <c>__Host-</c>: then the browser itself refuses the cookie unless
/// it is Secure, for this host alone and for every path (RFC 6265bis, section 4.1.3.2). On plain http, such as on one's own machine, it cannot have that name.
/// </summary>
public static class SafeCookies
{
    /// <summary>The name under which a cookie goes over this connection.</summary>
    public static string Name(HttpContext http, string name) => http.Request.IsHttps ? "__Host-" + name : name;

    /// <summary>What every such cookie is: out of reach for scripts and for posts from other sites.</summary>
    public static CookieOptions Options(HttpContext http, TimeSpan? life = null) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = life,
    };

    /// <summary>Keeps a value in the browser.</summary>
    public static void Keep(HttpContext http, string name, string value, TimeSpan life) => http.Response.Cookies.Append(Name(http, name), value, Options(http, life));

    /// <summary>The value that the browser has kept, or null.</summary>
    public static string? Find(HttpContext http, string name) => http.Request.Cookies[Name(http, name)];

    /// <summary>Takes a value back from the browser.</summary>
    public static void Drop(HttpContext http, string name) => http.Response.Cookies.Delete(Name(http, name), Options(http));
}

/// <summary>Gives the framework's sign-in cookie the name that fits the connection.</summary>
public sealed class SafeCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, SafeCookies.Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, SafeCookies.Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, SafeCookies.Name(context, key), options);
}
