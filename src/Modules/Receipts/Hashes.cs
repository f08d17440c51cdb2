using System.Security.Cryptography;
using System.Text;

namespace Trellis.Receipts;

/// <summary>SHA-256 in the four uses that receipts have; each begins with other bytes, so that none can be passed off as another.</summary>
internal static class Hashes
{
    /// <summary>What stands where there is nothing before.</summary>
    public static readonly string None = new('0', 64);

    public static string Of(string canonical) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    /// <summary>Hides a value behind a salt of 128 random bits: without the salt nobody can find the value by trying names.</summary>
    public static string Commit(string name, string value, string salt) => Of($"trellis.commitment.v1\n{name}\n{salt}\n{value}");

    public static string NewSalt() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static bool IsHash(string? text) => IsHex(text, 64);

    public static bool IsHex(string? text, int length) => text is not null && text.Length == length && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
}
