using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trellis.Whole.Tests.Crash;

/// <summary>A write that a client wants. It is sent with the same key until an answer has come, however often the server dies meanwhile.</summary>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Token">Whose it is.</param>
/// <param name="Path">The address below /api/v1.</param>
/// <param name="Body">JSON, or the text of a file.</param>
/// <param name="Record">The record that it changes, where there is one already.</param>
internal sealed record Order(string Kind, string Token, string Path, string Body, string? Record = null, string ContentType = "application/json")
{
    private readonly string _key = Guid.CreateVersion7().ToString("N");

    public static Order Of(string kind, string token, string path, object body, string? record = null) => new(kind, token, path, JsonSerializer.Serialize(body), record);

    /// <summary>The answer; null when none came, or when the server asks to come again.</summary>
    public async Task<Reply?> SendAsync(HttpClient http, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + Path) { Content = new StringContent(Body, Encoding.UTF8, ContentType) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Headers.Add("Idempotency-Key", _key);
        try
        {
            using var response = await http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return (int)response.StatusCode is 429 or 503 ? null : new Reply(this, (int)response.StatusCode, text);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What the server has said to an order.</summary>
internal sealed record Reply(Order Order, int Status, string Text)
{
    public bool Done => Status is >= 200 and < 300;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public override string ToString() => $"{Order.Kind} {Order.Path}: {Status} {(Text.Length > 300 ? Text[..300] : Text)}";
}
