using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Trellis.Identity.Tests;

/// <summary>What a token must be to be taken: one right one, and each way of being wrong.</summary>
public sealed class IdTokenTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TokenRules Rules = new("https://id.example", "trellis", "n-1", Now);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _stranger = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _rsa.Dispose();
        _stranger.Dispose();
        _ec.Dispose();
    }

    [Fact]
    public void A_right_token_of_either_kind_of_key_is_taken()
    {
        Fault(Rs256(Claims())).ShouldBeNull();
        Fault(Es256(Claims())).ShouldBeNull();
        Fault(Rs256(Claims() with { Aud = new[] { "trellis", "other" }, Azp = "trellis" })).ShouldBeNull();
        Fault(Rs256(Claims() with { Exp = Seconds(-60) })).ShouldBeNull("a minute of difference between two clocks is forgiven");
    }

    [Fact]
    public void Each_way_of_being_wrong_is_refused()
    {
        var right = Claims();
        var attacks = new Dictionary<string, string>
        {
            ["another issuer"] = Rs256(right with { Iss = "https://id.example.evil.example" }),
            ["the issuer with a slash"] = Rs256(right with { Iss = "https://id.example/" }),
            ["another audience"] = Rs256(right with { Aud = "somebody-else" }),
            ["no audience"] = Rs256(right with { Aud = null }),
            ["two audiences without a party"] = Rs256(right with { Aud = new[] { "trellis", "other" } }),
            ["another party"] = Rs256(right with { Azp = "other" }),
            ["another nonce"] = Rs256(right with { Nonce = "n-2" }),
            ["no nonce"] = Rs256(right with { Nonce = null }),
            ["expired"] = Rs256(right with { Exp = Seconds(-180) }),
            ["no end"] = Rs256(right with { Exp = null }),
            ["not yet"] = Rs256(right with { Nbf = Seconds(600) }),
            ["made in the future"] = Rs256(right with { Iat = Seconds(600) }),
            ["made yesterday"] = Rs256(right with { Iat = Seconds(-86_400) }),
            ["no subject"] = Rs256(right with { Sub = null }),
            ["an empty subject"] = Rs256(right with { Sub = "" }),
            ["a subject with a NUL"] = Rs256(right with { Sub = "a\0b" }),
            ["a strange key under a known name"] = Sign("RS256", "rsa", right, _stranger),
            ["an unknown key"] = Sign("RS256", "else", right, _stranger),
            ["no algorithm"] = Token("""{"alg":"none","kid":"rsa"}""", right, _ => []),
            ["no algorithm, otherwise written"] = Token("""{"alg":"nOnE","kid":"rsa"}""", right, _ => []),
            ["the public key as a shared secret"] = Token("""{"alg":"HS256","kid":"rsa"}""", right, bytes => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes)),
            ["the modulus as a shared secret"] = Token("""{"alg":"HS256","kid":"rsa"}""", right, bytes => HMACSHA256.HashData(_rsa.ExportParameters(false).Modulus!, bytes)),
            ["an algorithm of the other kind of key"] = Sign("ES256", "rsa", right, _rsa),
            ["an empty signature"] = Rs256(right)[..(Rs256(right).LastIndexOf('.') + 1)],
            ["a changed body"] = Swap(Rs256(right), Rs256(right with { Sub = "admin" })),
            ["a key that it brings along"] = Token($$"""{"alg":"RS256","kid":"mine","jwk":{{Jwk(_stranger, "mine")}}}""", right, b => _stranger.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["an unknown demand"] = Token("""{"alg":"RS256","kid":"rsa","crit":["b64"],"b64":false}""", right, b => _rsa.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["no token"] = "",
            ["two parts"] = "a.b",
            ["no base 64"] = "!.!.!",
            ["an array for a body"] = Raw("""{"alg":"RS256","kid":"rsa"}""", "[1]"),
        };
        attacks.Where(a => Fault(a.Value) is null).Select(a => a.Key).ShouldBeEmpty();
        attacks.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void A_short_key_and_a_key_for_encryption_verify_nothing()
    {
        using var weak = RSA.Create(1024);
        IdToken.Check(Sign("RS256", "weak", Claims(), weak), Keys(Jwk(weak, "weak")), Rules).Fault.ShouldNotBeNull();
        IdToken.Check(Rs256(Claims()), Keys(Jwk(_rsa, "rsa").Replace("\"sig\"", "\"enc\"")), Rules).Fault.ShouldNotBeNull();
    }

    private sealed record Said(string? Iss, object? Aud, string? Azp, string? Nonce, string? Sub, long? Exp, long? Iat, long? Nbf);

    private static Said Claims() => new("https://id.example", "trellis", null, "n-1", "u-1", Seconds(300), Seconds(-5), null);

    private static long Seconds(int from) => new DateTimeOffset(Now).ToUnixTimeSeconds() + from;

    private string? Fault(string token)
    {
        var curve = _ec.ExportParameters(false).Q;
        var ec = $$"""{"kty":"EC","kid":"ec","use":"sig","crv":"P-256","x":"{{Base64Url.EncodeToString(curve.X)}}","y":"{{Base64Url.EncodeToString(curve.Y)}}"}""";
        return IdToken.Check(token, Keys(Jwk(_rsa, "rsa"), ec), Rules).Fault;
    }

    private static IReadOnlyList<ProviderKey> Keys(params string[] keys) => ProviderKey.Read(JsonDocument.Parse($$"""{"keys":[{{string.Join(',', keys)}}]}""").RootElement);

    private static string Jwk(RSA key, string id)
    {
        var open = key.ExportParameters(false);
        return $$"""{"kty":"RSA","kid":"{{id}}","use":"sig","n":"{{Base64Url.EncodeToString(open.Modulus)}}","e":"{{Base64Url.EncodeToString(open.Exponent)}}"}""";
    }

    private string Rs256(Said claims) => Sign("RS256", "rsa", claims, _rsa);

    private string Es256(Said claims) => Token("""{"alg":"ES256","kid":"ec"}""", claims, b => _ec.SignData(b, HashAlgorithmName.SHA256));

    private static string Sign(string algorithm, string kid, Said claims, RSA key) =>
        Token($$"""{"alg":"{{algorithm}}","kid":"{{kid}}"}""", claims, b => key.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static string Token(string header, Said claims, Func<byte[], byte[]> sign)
    {
        var content = $"{Part(header)}.{Part(JsonSerializer.Serialize(claims, Snake))}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    private string Raw(string header, string body)
    {
        var content = $"{Part(header)}.{Part(body)}";
        return $"{content}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Swap(string token, string other) => string.Join('.', token.Split('.')[0], other.Split('.')[1], token.Split('.')[2]);

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
