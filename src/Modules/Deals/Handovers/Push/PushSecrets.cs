using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Trellis.Deals.Handovers.Push;

/// <summary>Makes, seals and uses the secrets with which messages to connected systems are signed, as the Standard Webhooks specification has it.</summary>
internal sealed class PushSecrets(IDataProtectionProvider protection)
{
    private const string Mark = "whsec_";
    private readonly IDataProtector _protector = protection.CreateProtector("Trellis.Deals.Handovers");

    /// <summary>A new secret: as it is shown once, and sealed.</summary>
    public (string Shown, string Sealed) New()
    {
        var shown = Mark + System.Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        return (shown, _protector.Protect(shown));
    }

    /// <summary>The signatures of a message, one for each secret that is valid now.</summary>
    public string Sign(ConnectedSystem system, DateTime now, string id, long seconds, byte[] body)
    {
        var valid = new[] { system.SealedSecret, system.OldSecretUntil > now ? system.SealedOldSecret : null }.OfType<string>();
        return string.Join(' ', valid.Select(s => Signature(_protector.Unprotect(s), id, seconds, body)));
    }

    /// <summary><c>v1,</c> and HMAC-SHA256 over id, time stamp and body.</summary>
    public static string Signature(string secret, string id, long seconds, byte[] body)
    {
        var key = System.Convert.FromBase64String(secret[Mark.Length..]);
        return "v1," + System.Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body]));
    }
}
