using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Trellis.Receipts;

/// <summary>
/// ECDSA over P-256 with SHA-256; signatures and keys are written as hexadecimal digits, so that each has one spelling. Of the two signatures that
/// would be valid only the one with the smaller second half is made and accepted: nobody can change a byte of it and stay valid.
/// </summary>
internal static class Signatures
{
    // The order of P-256 (FIPS 186-4, D.1.2.3).
    private static readonly BigInteger Order = BigInteger.Parse("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    // SubjectPublicKeyInfo of an uncompressed point of P-256 (RFC 5480): always these bytes, then the point.
    private const string Beginning = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    /// <summary>What a key is called: the first 16 digits of its fingerprint.</summary>
    public static string KeyId(string publicKey) => Fingerprint(publicKey)[..16];

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo): short enough to be read out or printed on paper.</summary>
    public static string Fingerprint(string publicKey) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(publicKey)));

    public static string Sign(ECDsa key, string text)
    {
        var signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);
        var second = new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        if (second * 2 > Order)
        {
            var bytes = (Order - second).ToByteArray(isUnsigned: true, isBigEndian: true);
            signature.AsSpan(32).Clear();
            bytes.CopyTo(signature.AsSpan(64 - bytes.Length));
        }

        return Convert.ToHexStringLower(signature);
    }

    public static bool Verify(string publicKey, string text, string signature)
    {
        if (!Hashes.IsHex(signature, 128) || Read(publicKey) is not { } key) return false;
        using (key)
        {
            var bytes = Convert.FromHexString(signature);
            return new BigInteger(bytes.AsSpan(32), isUnsigned: true, isBigEndian: true) * 2 <= Order && key.VerifyData(Encoding.UTF8.GetBytes(text), bytes, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>The public key, or null where the digits are no key of this curve.</summary>
    public static ECDsa? Read(string publicKey)
    {
        if (!Hashes.IsHex(publicKey, 182) || !publicKey.StartsWith(Beginning, StringComparison.Ordinal)) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromHexString(publicKey), out _);
            return key;
        }
        catch (CryptographicException)
        {
            // Not a point of the curve.
            key.Dispose();
            return null;
        }
    }
}
