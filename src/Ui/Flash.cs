using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Ui;

/// <summary>One message for the next page, carried in a protected cookie over the redirect after a post.</summary>
public static class Flash
{
    private const string Cookie = "flash";

    /// <summary>Says <paramref name="text"/> on top of the next page.</summary>
    public static void Say(HttpContext http, string text, Tone tone = Tone.Good) =>
        SafeCookies.Keep(http, Cookie, Protector(http).Protect($"{(int)tone}{text}"), TimeSpan.FromMinutes(2));

    internal static (Tone Tone, string Text)? Take(HttpContext? http)
    {
        if (http is null || http.Response.HasStarted || SafeCookies.Find(http, Cookie) is not { } held) return null;
        SafeCookies.Drop(http, Cookie);
        try
        {
            var text = Protector(http).Unprotect(held);
            return ((Tone)(text[0] - '0'), text[1..]);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Trellis.Ui.Flash");
}
