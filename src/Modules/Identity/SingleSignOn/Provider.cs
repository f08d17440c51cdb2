using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trellis.Kernel;

namespace Trellis.Identity;

/// <summary>What a provider says about itself (OpenID Connect Discovery 1.0), with its keys.</summary>
internal sealed record ProviderFacts(string Authorize, string Token, string? UserInfo, IReadOnlyList<ProviderKey> Keys, bool SecretInBody, DateTime ReadAt);

/// <summary>What a code was exchanged for.</summary>
internal sealed record ProviderTokens(string? Id, string? Access);

/// <summary>
/// Speaks with providers: reads what they say about themselves and exchanges codes for tokens. The addresses are typed in by people, so it asks the guarded way (<see cref="Outbound"/>).
/// </summary>
internal sealed class Provider(Outbound outbound, TimeProvider clock) : IDisposable
{
    private const int Longest = 1_000_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan NotAgainWithin = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, ProviderFacts> _known = new();
    private HttpClient? _http;

    /// <summary>The facts, read at most every ten minutes; afresh when a key is not among those known. Null with a reason when the provider does not answer as it should.</summary>
    public async Task<(ProviderFacts? Facts, string? Fault)> ReadAsync(string issuer, bool afresh, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (_known.TryGetValue(issuer, out var known) && now - known.ReadAt < (afresh ? NotAgainWithin : Remembered)) return (known, null);
        var (about, fault) = await GetAsync(issuer.TrimEnd('/') + "/.well-known/openid-configuration", ct);
        if (about is not { } facts) return (null, fault);
        // Whoever answers must be the one asked (section 4.3): else one provider could speak for another.
        if (IdToken.Text(facts, "issuer") != issuer) return (null, "it names another issuer than the one set");
        if (Address(facts, "authorization_endpoint") is not { } authorize || Address(facts, "token_endpoint") is not { } token || Address(facts, "jwks_uri") is not { } keys)
            return (null, "it does not name its addresses");
        var (set, keyFault) = await GetAsync(keys, ct);
        if (set is not { } all) return (null, keyFault);
        var read = new ProviderFacts(authorize, token, Address(facts, "userinfo_endpoint"), ProviderKey.Read(all), Methods(facts) is { Count: > 0 } methods && !methods.Contains("client_secret_basic"), now);
        return (_known[issuer] = read, null);
    }

    /// <summary>The tokens for a code, or why there are none.</summary>
    public async Task<(ProviderTokens? Tokens, string? Fault)> ExchangeAsync(ProviderFacts facts, string clientId, string? secret, string code, string verifier, string returnTo, CancellationToken ct)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = returnTo, ["code_verifier"] = verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, facts.Token);
        if (secret is not null && !facts.SecretInBody)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}")));
        else fields["client_id"] = clientId;
        if (secret is not null && facts.SecretInBody) fields["client_secret"] = secret;
        request.Content = new FormUrlEncodedContent(fields);
        var (answer, fault) = await SendAsync(request, ct);
        return answer is { } json ? (new ProviderTokens(IdToken.Text(json, "id_token"), IdToken.Text(json, "access_token")), null) : (null, fault);
    }

    /// <summary>What the provider tells about the person besides the token; many keep address and groups for this answer. It must speak of the same subject (section 5.3.2).</summary>
    public async Task<JsonElement?> AskAsync(ProviderFacts facts, string? accessToken, string subject, CancellationToken ct)
    {
        if (facts.UserInfo is null || accessToken is null || accessToken.Any(c => c is < '!' or > '~')) return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, facts.UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return (await SendAsync(request, ct)).Json is { } json && IdToken.Text(json, "sub") == subject ? json : null;
    }

    public void Dispose() => _http?.Dispose();

    private Task<(JsonElement? Json, string? Fault)> GetAsync(string address, CancellationToken ct) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), ct);

    private async Task<(JsonElement? Json, string? Fault)> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (!outbound.IsAllowed(request.RequestUri)) return (null, "its address is not an https address");
        try
        {
            using var response = await (_http ??= outbound.NewClient(TimeSpan.FromSeconds(10), Longest)).SendAsync(request, ct);
            if (!response.IsSuccessStatusCode) return (null, $"it answered with {(int)response.StatusCode}");
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            using var parsed = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
            return parsed.RootElement.ValueKind == JsonValueKind.Object ? (parsed.RootElement.Clone(), null) : (null, "its answer cannot be read");
        }
        catch (JsonException)
        {
            return (null, "its answer cannot be read");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // The same words for closed, filtered and forbidden addresses: nobody learns our network from them.
            return (null, "it does not answer");
        }
    }

    private string? Address(JsonElement facts, string name) => IdToken.Text(facts, name) is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address) && outbound.IsAllowed(address) ? text : null;

    private static List<string> Methods(JsonElement facts) =>
        facts.TryGetProperty("token_endpoint_auth_methods_supported", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(m => m.ToString())] : [];
}
