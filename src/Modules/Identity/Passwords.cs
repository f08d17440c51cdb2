using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Trellis.Identity;

/// <summary>Passwords: PBKDF2-HMAC-SHA512 with 220,000 rounds (OWASP Password Storage Cheat Sheet), by ASP.NET Core Identity's hasher.</summary>
internal static class Passwords
{
    /// <summary>As the only factor a password has at least 15 characters (NIST SP 800-63B-4).</summary>
    public const int Shortest = 15;

    private static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 220_000 }));

    // Verified when the address is unknown, so that both cases take as long.
    private static readonly Lazy<string> Decoy = new(() => Hash(RandomNumberGenerator.GetHexString(32)));

    public static string Hash(string password) => Hasher.HashPassword(Hasher, password);

    public static bool Verify(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Hasher, hash ?? Decoy.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}

/// <summary>Secrets handed out once: 256 random bits, of which only the hash is kept.</summary>
internal static class Secrets
{
    public static (string Secret, string Hash) New(string prefix)
    {
        var secret = prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (secret, HashOf(secret));
    }

    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)));
}
