using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Trellis.Identity;

/// <summary>Whether a password fits a stored hash.</summary>
internal enum Fit
{
    No,
    Yes,

    /// <summary>It fits, and the hash was made at a lower cost than today's: store a new one.</summary>
    Outdated,
}

/// <summary>Passwords: PBKDF2-HMAC-SHA512 with 220,000 rounds (OWASP Password Storage Cheat Sheet), by ASP.NET Core Identity's hasher.</summary>
internal static class Passwords
{
    /// <summary>What everybody's password is hashed with.</summary>
    internal static readonly PasswordHasher<object> Dear = Of(220_000);

    private static PasswordHasher<object> _hasher = Dear;

    /// <summary>For a run of tests, which signs in some thousand times: from now on this process hashes at a two-hundredth of the cost. No setting leads here.</summary>
    internal static void CostLittle() => _hasher = Of(1_100);

    private static PasswordHasher<object> Of(int rounds) => new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));

    // Verified when the address is unknown, so that both cases take as long.
    private static readonly Lazy<string> Decoy = new(() => Hash(RandomNumberGenerator.GetHexString(32)));

    /// <summary>The same characters, however the keyboard composed them (NIST SP 800-63B-4: NFKC before hashing).</summary>
    public static string Normalise(string password) => Trellis.Kernel.Text.IsClean(password) && !password.Contains('\uFFFE') ? password.Normalize(NormalizationForm.FormKC) : password;

    public static string Hash(string password) => _hasher.HashPassword(_hasher, Normalise(password));

    public static Fit Compare(string? hash, string password) => (hash, _hasher.VerifyHashedPassword(_hasher, hash ?? Decoy.Value, Normalise(password))) switch
    {
        (null, _) or (_, PasswordVerificationResult.Failed) => Fit.No,
        (_, PasswordVerificationResult.SuccessRehashNeeded) => Fit.Outdated,
        _ => Fit.Yes,
    };
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
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
