using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>
/// In which language a request is answered: what the person has chosen, else what this browser has chosen, else the company's language, else what
/// the browser asks for, else English. What programs read (the API, exports) is English and never depends on the reader.
/// </summary>
public static class LanguageOfRequest
{
    /// <summary>The cookie in which a browser keeps its choice.</summary>
    public const string Cookie = "language";

    // A browser names its few languages; more is nobody's wish.
    private const int MostAsked = 10;

    /// <summary>Before it is known who asks, so that the pages of signing in and of refusals speak too.</summary>
    public static async Task SpeakAsync(HttpContext http, RequestDelegate next)
    {
        Languages.Speak(IsForPrograms(http.Request.Path) ? Languages.All[0] : Languages.Find(http.Request.Cookies[Cookie]) ?? Asked(http.Request));
        await next(http);
    }

    /// <summary>When it is known who asks.</summary>
    public static async Task SpeakToReaderAsync(HttpContext http, RequestDelegate next)
    {
        var actor = http.RequestServices.GetRequiredService<CurrentActor>().Actor;
        if (actor.IsKnown && !IsForPrograms(http.Request.Path))
        {
            var chosen = Languages.Find(actor.Language) ?? Languages.Find(http.Request.Cookies[Cookie]) ?? Languages.Find(actor.TenantLanguage);
            if (chosen is not null) Languages.Speak(chosen);
        }

        await next(http);
    }

    /// <summary>Keeps a choice in this browser; null drops it.</summary>
    public static void Keep(HttpContext http, string? language)
    {
        var options = new CookieOptions { Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Secure = http.Request.IsHttps, HttpOnly = true };
        if (language is null) http.Response.Cookies.Delete(Cookie, options);
        else http.Response.Cookies.Append(Cookie, language, options);
    }

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/scim") || path.StartsWithSegments("/health") || path.Value?.EndsWith(".csv", StringComparison.Ordinal) == true;

    private static Language Asked(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var asked)) return Languages.All[0];
        foreach (var wish in asked.Take(MostAsked).OrderByDescending(a => a.Quality ?? 1))
            if (Languages.Find(wish.Value.Value) is { } language) return language;
        return Languages.All[0];
    }
}
