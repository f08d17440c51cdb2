using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Trellis.Scale.Bench;

/// <summary>Calls the API as the holder of a token.</summary>
internal sealed class Caller : IDisposable
{
    private readonly HttpClient _http;

    public Caller(string address, string token)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Milliseconds until the whole answer is there, and whether it was a good one.</summary>
    public async Task<(double Milliseconds, int Status)> TimeAsync(HttpMethod method, string path, object? body = null)
    {
        var began = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await _http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, (int)response.StatusCode);
    }

    public async Task<JsonNode> ReadAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return await JsonOf(response);
    }

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request);
        return await JsonOf(response);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonNode> JsonOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{response.RequestMessage!.RequestUri!.AbsolutePath} answers {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
