using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>Who knocks, before anybody is known: from which network address, and with a device on which these persons have signed in before.</summary>
/// <param name="Address">The network address; of IPv6 the first 64 bits, since one household has as many addresses as it likes.</param>
/// <param name="Device">The device's own name, or null for a device that has never signed in.</param>
/// <param name="Knows">The persons who signed in on it, the last one first.</param>
/// <param name="Door">The company whose own host this is; null at the door of all.</param>
internal sealed record Knock(string Address, string? Device, IReadOnlyList<Guid> Knows, TenantId? Door = null)
{
    private const int Remembered = 8;
    private const string Cookie = "trellis-device";
    private static readonly TimeSpan Life = TimeSpan.FromDays(180);

    public static Knock Of(HttpContext http)
    {
        var (address, door) = (AddressOf(http.Connection.RemoteIpAddress), OwnDoor.Of(http));
        if (SafeCookies.Find(http, Cookie) is not { } held) return new Knock(address, null, [], door);
        try
        {
            var parts = Protector(http).Unprotect(held).Split(' ');
            return new Knock(address, parts[0], [.. parts.Skip(1).Select(p => Guid.ParseExact(p, "N"))], door);
        }
        catch (CryptographicException)
        {
            return new Knock(address, null, [], door);
        }
    }

    public static string AddressOf(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes) + "/64";
    }

    /// <summary>How long ago, compared with others, this person came in here; the last one is the smallest.</summary>
    public int Rank(PersonId person)
    {
        for (var i = 0; i < Knows.Count; i++) if (Knows[i] == person.Value) return i;
        return int.MaxValue;
    }

    /// <summary>Remembers in the browser that these persons have signed in here.</summary>
    public void Remember(HttpContext http, IReadOnlyCollection<PersonId> persons)
    {
        var device = Device ?? RandomNumberGenerator.GetHexString(32, true);
        var known = persons.Select(p => p.Value).Union(Knows).Take(Remembered).Select(k => k.ToString("N"));
        SafeCookies.Keep(http, Cookie, Protector(http).Protect($"{device} {string.Join(' ', known)}"), Life);
    }

    private static IDataProtector Protector(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Trellis.Identity.Device");
}

/// <summary>A browser's word for itself, shortened to what a person recognises.</summary>
internal static class DeviceName
{
    // The order matters: Edge and Opera also say Chrome, Chrome also says Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    public static string Of(string? agent)
    {
        var (browser, system) = (Find(Browsers, agent), Find(Systems, agent));
        return (browser, system) switch
        {
            (null, null) => "An unknown device",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Find((string Mark, string Name)[] known, string? agent) =>
        agent is null ? null : Array.Find(known, k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
