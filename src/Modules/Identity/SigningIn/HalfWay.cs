using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>A person who has proved the first factor and not yet the second: known for ten minutes by a sealed cookie that opens nothing else.</summary>
internal sealed record HalfWay(SignedIn Who, ProvedBy By, string? Next)
{
    private const string Cookie = "trellis-half";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public static void Keep(HttpContext http, HalfWay half) => SafeCookies.Keep(http, Cookie, Sealed.Close(http, "half-way", half, Life), Life);

    public static HalfWay? Find(HttpContext http) => Sealed.Open<HalfWay>(http, "half-way", SafeCookies.Find(http, Cookie));

    public static void Drop(HttpContext http)
    {
        if (SafeCookies.Find(http, Cookie) is not null) SafeCookies.Drop(http, Cookie);
    }
}

/// <summary>Values that a browser carries for us and can neither read nor change, for a limited time.</summary>
internal static class Sealed
{
    public static string Close<T>(HttpContext http, string purpose, T value, TimeSpan life) =>
        Protector(http, purpose).Protect($"{Clock(http).GetUtcNow().Add(life).UtcTicks} {JsonSerializer.Serialize(value, Json.Options)}");

    public static T? Open<T>(HttpContext http, string purpose, string? text) where T : class
    {
        if (string.IsNullOrEmpty(text) || text.Length > 12_000) return null;
        try
        {
            var (opened, blank) = (Protector(http, purpose).Unprotect(text), 0);
            blank = opened.IndexOf(' ', StringComparison.Ordinal);
            return long.Parse(opened.AsSpan(0, blank), System.Globalization.CultureInfo.InvariantCulture) > Clock(http).GetUtcNow().UtcTicks
                ? JsonSerializer.Deserialize<T>(opened.AsSpan(blank + 1), Json.Options) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(HttpContext http, string purpose) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Trellis.Identity." + purpose);

    private static TimeProvider Clock(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>();
}
