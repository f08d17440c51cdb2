using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trellis.Identity;

/// <summary>A public key of a provider (RFC 7517).</summary>
internal sealed record ProviderKey(string Kind, string? Id, string? Use, string? Algorithm, byte[]? N, byte[]? E, string? Curve, byte[]? X, byte[]? Y)
{
    public static IReadOnlyList<ProviderKey> Read(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array ? [.. keys.EnumerateArray().Select(Of)] : [];

    private static ProviderKey Of(JsonElement key) => new(
        Text(key, "kty") ?? "", Text(key, "kid"), Text(key, "use"), Text(key, "alg"), Bytes(key, "n"), Bytes(key, "e"), Text(key, "crv"), Bytes(key, "x"), Bytes(key, "y"));

    private static string? Text(JsonElement key, string name) => key.ValueKind == JsonValueKind.Object && key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement key, string name) => IdToken.Decode(Text(key, name));
}

/// <summary>What a token must say to be ours.</summary>
internal sealed record TokenRules(string Issuer, string ClientId, string Nonce, DateTime Now);

/// <summary>
/// Checks an ID token as OpenID Connect Core 1.0 (section 3.1.3.7) and RFC 8725 ask: only asymmetric algorithms that we name, a key of the fitting
/// kind, exact issuer, our audience, our nonce, in time.
/// </summary>
internal static class IdToken
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>The claims, or why the token is refused.</summary>
    public static (JsonElement? Claims, string? Fault) Check(string? token, IReadOnlyList<ProviderKey> keys, TokenRules rules)
    {
        if (token is null or { Length: > 50_000 } || token.Split('.') is not [var head, var body, var signature]) return (null, "there is no token");
        if (Json(head) is not { } header || Json(body) is not { } claims || Decode(signature) is not { } signed) return (null, "the token is damaged");
        if (header.TryGetProperty("crit", out _)) return (null, "the token asks for something unknown");
        var (algorithm, kid) = (Text(header, "alg"), Text(header, "kid"));
        if (!IsAllowed(algorithm)) return (null, "the token is signed in a way that is not allowed");
        var fitting = keys.Where(k => (kid is null || k.Id == kid) && k.Use is null or "sig" && (k.Algorithm is null || k.Algorithm == algorithm) && k.Kind == KindOf(algorithm!)).ToList();
        if (fitting.Count == 0) return (null, "the token is signed by an unknown key");
        var content = Encoding.ASCII.GetBytes($"{head}.{body}");
        if (!fitting.Any(k => Verifies(k, algorithm!, content, signed))) return (null, "the token's signature is wrong");
        return FaultOf(claims, rules) is { } fault ? (null, fault) : (claims, null);
    }

    internal static byte[]? Decode(string? text)
    {
        try
        {
            return text is null ? null : Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    internal static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsAllowed(string? algorithm) => algorithm is "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512" or "ES256" or "ES384" or "ES512";

    private static string KindOf(string algorithm) => algorithm[0] == 'E' ? "EC" : "RSA";

    private static string? FaultOf(JsonElement claims, TokenRules rules)
    {
        if (Text(claims, "iss") != rules.Issuer) return "the token comes from another issuer";
        var audiences = Audiences(claims);
        if (!audiences.Contains(rules.ClientId)) return "the token is for somebody else";
        var party = Text(claims, "azp");
        if ((party is not null || audiences.Count > 1) && party != rules.ClientId) return "the token is for another party";
        if (Time(claims, "exp") is not { } ends || ends + Skew <= rules.Now) return "the token has run out";
        if (Time(claims, "iat") is not { } made || made - Skew > rules.Now || made + TimeSpan.FromHours(1) < rules.Now) return "the token was not made just now";
        if (Time(claims, "nbf") is { } begins && begins - Skew > rules.Now) return "the token is not valid yet";
        var nonce = Text(claims, "nonce");
        if (nonce is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(rules.Nonce))) return "the token does not answer this sign-in";
        return Text(claims, "sub") is { Length: > 0 and <= 255 } subject && Trellis.Kernel.Text.IsClean(subject) ? null : "the token names nobody";
    }

    private static List<string> Audiences(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var aud)) return [];
        return aud.ValueKind == JsonValueKind.String ? [aud.GetString()!]
            : aud.ValueKind == JsonValueKind.Array ? [.. aud.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)] : [];
    }

    private static DateTime? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 32_503_680_000
            ? DateTime.UnixEpoch.AddSeconds(seconds) : null;

    private static JsonElement? Json(string part)
    {
        if (Decode(part) is not { } bytes) return null;
        try
        {
            using var parsed = JsonDocument.Parse(bytes);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Verifies(ProviderKey key, string algorithm, byte[] content, byte[] signature)
    {
        var hash = algorithm[2..] switch { "256" => HashAlgorithmName.SHA256, "384" => HashAlgorithmName.SHA384, _ => HashAlgorithmName.SHA512 };
        try
        {
            if (key.Kind == "EC")
            {
                var (curve, named) = algorithm switch { "ES256" => (ECCurve.NamedCurves.nistP256, "P-256"), "ES384" => (ECCurve.NamedCurves.nistP384, "P-384"), _ => (ECCurve.NamedCurves.nistP521, "P-521") };
                if (key.Curve != named || key.X is null || key.Y is null) return false;
                using var ec = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = key.X, Y = key.Y } });
                return ec.VerifyData(content, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }

            // A shorter modulus can be factored (NIST SP 800-57).
            if (key.N is not { Length: >= 256 } || key.E is null) return false;
            using var rsa = RSA.Create(new RSAParameters { Modulus = key.N, Exponent = key.E });
            return rsa.VerifyData(content, signature, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // A key that is none verifies nothing.
            return false;
        }
    }
}
