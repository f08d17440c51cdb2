using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Trellis.Kernel;

namespace Trellis.Notifications;

/// <summary>Links in mails that need no sign-in: each carries for whom and what it is, sealed with this installation's keys.</summary>
internal sealed class SignedLinks(IDataProtectionProvider provider)
{
    private static readonly TimeSpan OpenLife = TimeSpan.FromDays(60);
    private readonly ITimeLimitedDataProtector _open = provider.CreateProtector("Trellis.Notifications.Open").ToTimeLimitedDataProtector();
    private readonly IDataProtector _stop = provider.CreateProtector("Trellis.Notifications.Stop");

    /// <summary>Shows one notification, for sixty days.</summary>
    public string Open(TenantId tenant, NotificationId notification, PersonId person) => _open.Protect($"{tenant.Value:N}{notification.Value:N}{person.Value:N}", OpenLife);

    public (TenantId Tenant, NotificationId Notification, PersonId Person)? ReadOpen(string? key) =>
        Unseal(_open, key) is { Length: 96 } text
            ? (TenantId.From(Guid.ParseExact(text[..32], "N")), NotificationId.From(Guid.ParseExact(text[32..64], "N")), PersonId.From(Guid.ParseExact(text[64..], "N")))
            : null;

    /// <summary>Ends mails of one kind for one person, for as long as the keys are kept.</summary>
    public string Stop(TenantId tenant, PersonId person, string kind) => _stop.Protect($"{tenant.Value:N}{person.Value:N}{kind}");

    public (TenantId Tenant, PersonId Person, string Kind)? ReadStop(string? key) =>
        Unseal(_stop, key) is { Length: > 64 } text
            ? (TenantId.From(Guid.ParseExact(text[..32], "N")), PersonId.From(Guid.ParseExact(text[32..64], "N")), text[64..])
            : null;

    /// <summary>A path as the value of a query: its slashes stay, so that a reader sees where the link leads.</summary>
    public static string Path(string href) => Uri.EscapeDataString(href).Replace("%2F", "/", StringComparison.Ordinal);

    private static string? Unseal(IDataProtector protector, string? key)
    {
        if (key is not { Length: > 0 and < 1000 }) return null;
        try
        {
            return protector.Unprotect(key);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
